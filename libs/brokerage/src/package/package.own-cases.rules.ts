import { hasRole, type Actor } from '#kernel/actor.js';
import { ensure, type PackageState } from './package.rules.js';

type Decide = (state: PackageState, command: never, context: { readonly actor: Actor }) => unknown;

/** Every command of an external broker is about its own organisation's case, or refused (S3-4). */
export const ofOwnCases = <Decides extends object>(decides: Decides): Decides =>
  Object.fromEntries(
    Object.entries(decides as Record<string, Decide>).map(([name, decide]): [string, Decide] => [
      name,
      (state, command, context) => {
        ensureOwnCase(state, context.actor);
        return decide(state, command, context);
      },
    ]),
  ) as Decides;

function ensureOwnCase({ packageId, brokerOrganisation }: PackageState, actor: Actor): void {
  const external = hasRole(actor, 'external-broker') && !hasRole(actor, 'broker', 'senior-broker');
  const own = brokerOrganisation !== null && brokerOrganisation === actor.organisation;
  // The same words as for a package that does not exist: that it exists is the other's secret.
  ensure(!external || packageId === null || own, 'PackageUnknown', { path: 'packageId' });
}
