import type { Actor, Role } from '#kernel/actor.js';

/** An invented person of the demo council. */
export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly does: string;
  readonly role: Role;
}

/** Whom the local issuer signs in. All are invented. */
export const demoPeople: readonly DemoPerson[] = [
  person('broker', 'Amira Okonkwo', 'finds providers', 'broker'),
  person('second-broker', 'Tom Aldersey', 'finds providers, at the next desk', 'broker'),
  person('senior-broker', 'Grace Whitlock', 'leads the brokerage team', 'senior-broker'),
  person('commissioner', 'Priya Raman', 'owns the framework and its policy', 'commissioner'),
  person('second-commissioner', 'Owen Hartnell', 'approves what Priya proposes', 'commissioner'),
  person('finance', 'Stephen Marsh', 'pays providers and charges people', 'finance'),
  person('second-finance', 'Delia Norwood', 'approves what Stephen prepares', 'finance'),
  person('quality-officer', 'Lena Fairweather', 'watches the KPIs', 'quality-officer'),
  person('panel-member', 'Dr Ruth Ellingham', 'sits on the funding panel', 'panel-member'),
  person('auditor', 'Colin Baptiste', 'replays decisions', 'auditor'),
  person('administrator', 'Jo Sanderling', 'runs the service', 'administrator'),
  person('case-system', 'Case system', 'sends referrals', 'case-system'),
];

/** An invented organisation that brokers its own cases (S3-4). */
export const demoBrokerOrganisation = { id: 'harbour-brokers', name: 'Harbour Brokers' };

/** Organisations whose users are named by the organisation's id: `provider:<providerId>`. */
const organisations = {
  'provider:': 'provider',
  'external-broker:': 'external-broker',
} as const satisfies Record<string, Role>;

/** Text that tells a caller who may sign in. */
export const whomToName = [
  ...demoPeople.map(({ id }) => id),
  ...Object.keys(organisations).map((prefix) => `${prefix}<id>`),
].join(', ');

const organisationId = /^[\w-]{1,64}$/;

/** The actor that a name stands for, `undefined` when it stands for nobody. */
export function demoActor(name: string): Actor | undefined {
  const known = demoPeople.find(({ id }) => id === name);
  if (known) return { id: known.id, roles: [known.role] };
  for (const [prefix, role] of Object.entries(organisations)) {
    const organisation = name.slice(prefix.length);
    if (name.startsWith(prefix) && organisationId.test(organisation)) {
      return { id: name, roles: [role], organisation };
    }
  }
  return undefined;
}

/** What a demo person is called; a user of an organisation is called by its id. */
export const demoNameOf = ({ id }: Actor): string =>
  demoPeople.find((each) => each.id === id)?.name ?? id;

function person(id: string, name: string, does: string, role: Role): DemoPerson {
  return { id, name, does, role };
}
