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

function ensureOwnCase(state: PackageState, actor: Actor): void {
  // The same words as for a package that does not exist: that it exists is the other's secret.
  ensure(state.packageId === null || isCaseOf(state, actor), 'PackageUnknown', {
    path: 'packageId',
  });
}

/** Whether a case is none of another external broker organisation's (S3-4). */
export function isCaseOf(
  { brokerOrganisation }: Pick<PackageState, 'brokerOrganisation'>,
  actor: Actor,
): boolean {
  const external = hasRole(actor, 'external-broker') && !hasRole(actor, 'broker', 'senior-broker');
  return !external || (brokerOrganisation !== null && brokerOrganisation === actor.organisation);
}
