import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { Invitation, RequestPack, Subject } from './package.events.js';

/** What stands for a step of the cascade that comes before the one that is asked (S3-17). */
export type RouteEvidence =
  | { readonly route: string; readonly requestId: string }
  | { readonly route: string; readonly reason: string };

export type RequestIssued = Event<
  'RequestIssued',
  Subject & {
    requestId: string;
    /** The step of the cascade, or a way around it, with its reason (S3-17, S3-5, S3-6). */
    route?: string;
    routeReason?: string;
    /** Requests closed with no acceptable offer, or coded reasons, for the steps before. */
    askedBefore?: readonly RouteEvidence[];
    lot: string;
    urgent: boolean;
    issuedAt: Instant;
    /** Exclusive: an offer received at exactly this instant is late (X4). */
    closesAt: Instant;
    invited: readonly Invitation[];
    /** Why not all eligible providers were invited. */
    restrictedBecause?: string;
    pack: RequestPack;
    /** SHA-256 of the pack, so that what was sent can be proven. */
    packHash?: string;
  }
>;

export type RequestWindowExtended = Event<
  'RequestWindowExtended',
  { packageId: string; requestId: string; closesAt: Instant }
>;

export type RequestClosed = Event<
  'RequestClosed',
  {
    packageId: string;
    requestId: string;
    closedAt: Instant;
    /** Invited providers that had neither offered nor declined by then (S2-19). */
    unanswered?: readonly string[];
  }
>;
export type RequestCancelled = Event<
  'RequestCancelled',
  Subject & { requestId: string; reason: string; note?: string; cancelledAt: Instant }
>;

/** Why a step of the cascade may be left out, or the in-house service be asked (S3-17, S4-4). */
export type RouteStepExcused = Event<
  'RouteStepExcused',
  Subject & { route: string; reason: string; evidence: string; reviewOn?: CivilDate }
>;

export type SourcingEvent =
  RequestIssued | RequestWindowExtended | RequestClosed | RequestCancelled | RouteStepExcused;
