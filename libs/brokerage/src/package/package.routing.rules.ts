import type { CouncilPolicy } from '#kernel/council-policy.js';
import type { RequestRoute } from './package.codes.js';
import type { IssueRequest } from './package.sourcing.commands.js';
import type { RouteEvidence } from './package.sourcing.events.js';
import {
  cascadeOf,
  evidenceBefore,
  isInHouseElsewhere,
  isInHouseReason,
  nextRoute,
} from './package.route.rules.js';
import { ensure, type PackageState } from './package.rules.js';

export interface RouteTaken {
  readonly route: RequestRoute;
  readonly routeReason?: string;
  readonly askedBefore: readonly RouteEvidence[];
}

/** Ways around the cascade: open at any step, with a reason (S3-5, S3-6). */
const waysAround: readonly RequestRoute[] = ['individual', 'direct-call-off'];

export const routeOf = (
  { routing, needs }: PackageState,
  { route }: Pick<IssueRequest, 'route'>,
  policy: CouncilPolicy,
): RequestRoute => route ?? nextRoute({ routing, serviceLine: needs?.serviceLine ?? '', policy });

/** The cascade of the service line: each step needs what stands for the steps before (S3-17). */
export function ensureRouteOpen(
  state: PackageState,
  command: Pick<IssueRequest, 'route' | 'routeReason' | 'onlyTo'>,
  policy: CouncilPolicy,
): RouteTaken {
  const serviceLine = state.needs?.serviceLine ?? '';
  const route = routeOf(state, command, policy);
  const routeReason =
    command.routeReason ?? (route === 'direct-call-off' ? command.onlyTo?.reason : undefined);
  const reasoned = route === 'framework' || route === 'in-house' || routeReason;
  ensure(reasoned, 'RouteReasonRequired', { path: 'routeReason' });
  const reason = routeReason ? { routeReason } : {};
  if (waysAround.includes(route)) return { route, ...reason, askedBefore: [] };
  const question = { routing: state.routing, serviceLine, policy };
  const inCascade = (cascadeOf(question) as readonly string[]).includes(route);
  ensure(inCascade, 'RouteNotInCascade', { path: 'route' });
  const open =
    !isInHouseElsewhere(route, serviceLine) || isInHouseReason(state.routing.excused[route]);
  ensure(open, 'InHouseReasonRequired', { path: 'route' });
  const before = evidenceBefore(route, question);
  const askedBefore = before.filter((evidence) => evidence !== null);
  ensure(askedBefore.length === before.length, 'RouteStepNotAsked', { path: 'route' });
  return { route, ...reason, askedBefore };
}
