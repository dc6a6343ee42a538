import type { CouncilPolicy, Route } from '#kernel/council-policy.js';
import { inHouseReasons, type RequestRoute } from './package.codes.js';
import type { RouteEvidence } from './package.sourcing.events.js';

/** A request on a route, and what came of it. */
export interface AskedRoute {
  readonly requestId: string;
  readonly route: string;
  readonly outcome: 'open' | 'closed' | 'presented' | 'cancelled' | 'no-acceptable-offer';
}

/** What was asked since the package last came to wait for care, and what was excused (S3-17). */
export interface RoutingState {
  readonly asked: readonly AskedRoute[];
  /** The coded reason of each excused step; of in-house for long-term care: why it may be asked. */
  readonly excused: Readonly<Partial<Record<string, string>>>;
}

export const nothingAsked: RoutingState = { asked: [], excused: {} };

/** What the rules of the cascade look at. */
export interface RouteQuestion {
  readonly routing: RoutingState;
  readonly serviceLine: string;
  readonly policy: Pick<CouncilPolicy, 'cascade'>;
}

export const cascadeOf = ({
  serviceLine,
  policy,
}: Pick<RouteQuestion, 'serviceLine' | 'policy'>): readonly Route[] =>
  serviceLine === 'short-term' ? policy.cascade.shortTerm : policy.cascade.longTerm;

/** The in-house service's own work is short-term; other care needs one of three reasons (S4-4). */
export const isInHouseElsewhere = (route: string, serviceLine: string): boolean =>
  route === 'in-house' && serviceLine !== 'short-term';

export const isInHouseReason = (reason: string | undefined): boolean =>
  (inHouseReasons as readonly (string | undefined)[]).includes(reason);

/** A closed request without an offer to present counts; one that still has one does not. */
const isWithoutOffer = ({ outcome }: AskedRoute): boolean =>
  outcome === 'closed' || outcome === 'no-acceptable-offer';

export const wasClosedWithoutOffer = ({ asked }: RoutingState): boolean =>
  asked.some(isWithoutOffer);

/** What stands for a step that is left behind: a request that brought nothing, or a coded reason. */
function evidenceFor(step: string, { routing, serviceLine }: RouteQuestion): RouteEvidence | null {
  const request = routing.asked.find((asked) => asked.route === step && isWithoutOffer(asked));
  if (request) return { route: step, requestId: request.requestId };
  const reason = isInHouseElsewhere(step, serviceLine) ? undefined : routing.excused[step];
  return reason === undefined ? null : { route: step, reason };
}

/** The first step of the cascade for which nothing stands yet; after all of them, the first again. */
export function nextRoute(question: RouteQuestion): RequestRoute {
  const steps = cascadeOf(question);
  return steps.find((step) => evidenceFor(step, question) === null) ?? steps[0] ?? 'framework';
}

/** End of life and crisis do not wait for the market; no one able must be shown by asking it. */
const overtakesCascade = (route: string, { routing, serviceLine }: RouteQuestion): boolean =>
  isInHouseElsewhere(route, serviceLine) &&
  (routing.excused[route] === 'end-of-life' || routing.excused[route] === 'crisis');

/** What stands for each step before a route; `null` where nothing does (S3-17). */
export function evidenceBefore(
  route: RequestRoute,
  question: RouteQuestion,
): readonly (RouteEvidence | null)[] {
  const steps = cascadeOf(question);
  const at = (steps as readonly string[]).indexOf(route);
  const standing = steps.slice(0, Math.max(at, 0)).map((step) => evidenceFor(step, question));
  return overtakesCascade(route, question)
    ? [
        ...standing.filter((evidence) => evidence !== null),
        { route, reason: question.routing.excused[route] ?? '' },
      ]
    : standing;
}

/** The same with what came of a request. */
export const withOutcome = (
  routing: RoutingState,
  requestId: string,
  outcome: AskedRoute['outcome'],
): RoutingState => ({
  ...routing,
  asked: routing.asked.map((each) => (each.requestId === requestId ? { ...each, outcome } : each)),
});

/** Once no presented offer is left, the request brought none that could be accepted. */
export const withoutOffers = (
  routing: RoutingState,
  requestId: string,
  left: readonly unknown[],
): RoutingState =>
  left.length > 0 ? routing : withOutcome(routing, requestId, 'no-acceptable-offer');
