import { demoBrokerOrganisation, demoPeople } from '../viewer/demo-people.js';
import type { SignInChoice } from './sign-in-page.js';

/** A provider that is on the register. */
export interface RegisteredProvider {
  readonly providerId: string;
  readonly name: string;
}

/** Names the providers on the register; the read side knows them. */
export type RegisteredProviders = () => readonly RegisteredProvider[];

/** Injection token of `RegisteredProviders`. */
export const REGISTERED_PROVIDERS = Symbol('RegisteredProviders');

/** A register of thousands is for searching, not for a page of buttons. */
const shownProviders = 200;

/** Everybody who can be picked on the sign-in page; providers by name. */
export function signInChoices(providers: readonly RegisteredProvider[]): readonly SignInChoice[] {
  const { id, name } = demoBrokerOrganisation;
  const named = [...providers].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return [
    ...demoPeople,
    {
      ...{ id: `external-broker:${id}`, name, role: 'external-broker' },
      does: 'brokers its own cases',
    },
    ...named.slice(0, shownProviders).map(({ providerId, name: called }): SignInChoice => ({
      ...{ id: `provider:${providerId}`, name: called, role: 'provider' },
      does: 'answers requests and records visits',
    })),
  ];
}
