import type { Viewer } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import { packText } from '#brokerage/package/pack-text.rules.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { requests, type InvitationRow, type RequestRow } from './requests.projection.js';
import type { ProviderRequest, RequestOutcome, RequestsFilter } from './requests.view.js';

/** Reads of what a provider was asked. */
export class RequestReads {
  readonly reader;

  constructor(
    projector: Projector,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(requests);
  }

  /** A request that the viewer was invited to. */
  request(viewer: Viewer, requestId: string): RequestRow | undefined {
    return this.reader.get(viewer, 'requests', requestId);
  }

  /** The requests a provider was invited to, the latest first. */
  page(
    viewer: Viewer,
    { open }: RequestsFilter,
    { first, cursor: after }: { first: number; cursor?: string | undefined },
  ): Page<ProviderRequest> {
    const now = this.clock.now();
    const orderBy = { column: 'issuedAt', direction: 'desc' } as const;
    const selection = { ...whetherOpen(open, now), orderBy, first, after };
    const page = this.reader.page(viewer, 'invitations', selection);
    const ids = page.edges.map(({ node }) => node.requestId);
    const asked = this.reader.getMany(viewer, 'requests', ids);
    const { hasNextPage, hasPreviousPage, asOf } = page;
    return {
      edges: page.edges.flatMap((edge, index) => {
        const request = asked[index];
        return request ? [{ ...edge, node: shown(request, edge.node, now) }] : [];
      }),
      ...{ hasNextPage, hasPreviousPage, asOf },
      get totalCount() {
        return page.totalCount;
      },
    };
  }
}

const whetherOpen = (open: boolean | undefined, now: Instant) =>
  open === undefined
    ? {}
    : {
        where: `"requestId" ${open ? '' : 'NOT '}IN
          (SELECT key FROM requests WHERE "over" = 0 AND "closesAt" > ?)`,
        params: [now],
      };

function shown(
  request: RequestRow,
  { providerId, reply }: InvitationRow,
  now: Instant,
): ProviderRequest {
  const { pack, packageId, awardedTo } = request;
  const outcome = outcomeFor(request, providerId);
  return {
    ...pack,
    get text() {
      return packText(pack);
    },
    open: !request.over && now < pack.closesAt,
    ...(reply && { reply }),
    ...(outcome && { outcome }),
    ...(awardedTo === providerId && { packageId }),
  };
}

function outcomeFor(
  { awardedTo, endedWithoutAward }: RequestRow,
  providerId: string,
): RequestOutcome | undefined {
  if (awardedTo) return awardedTo === providerId ? 'awarded' : 'not-awarded';
  return endedWithoutAward && 'ended-without-award';
}
