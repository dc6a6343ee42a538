import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { Invitation, RequestPack, Subject } from './package.events.js';

export type RequestIssued = Event<
  'RequestIssued',
  Subject & {
    requestId: string;
    /** The step of the cascade, or a way around it, with its reason (S3-17, S3-5, S3-6). */
    route?: string;
    routeReason?: string;
    lot: string;
    urgent: boolean;
    issuedAt: Instant;
    /** Exclusive: an offer received at exactly this instant is late (X4). */
    closesAt: Instant;
    invited: readonly Invitation[];
    /** Why not all eligible providers were invited. */
    restrictedBecause?: string;
    pack: RequestPack;
  }
>;

export type RequestWindowExtended = Event<
  'RequestWindowExtended',
  { packageId: string; requestId: string; closesAt: Instant }
>;

export type RequestClosed = Event<
  'RequestClosed',
  { packageId: string; requestId: string; closedAt: Instant }
>;

export type RequestCancelled = Event<
  'RequestCancelled',
  { packageId: string; requestId: string; reason: string; cancelledAt: Instant }
>;

/** Why a step of the cascade may be left out, or the in-house service be asked (S3-17, S4-4). */
export type RouteStepExcused = Event<
  'RouteStepExcused',
  Subject & { route: string; reason: string; evidence: string; reviewOn?: CivilDate }
>;

export type QuestionAsked = Event<
  'QuestionAsked',
  Subject & {
    requestId: string;
    questionId: string;
    providerId: string;
    question: string;
    askedAt: Instant;
  }
>;

/** Question and answer as all invited providers read them, checked for leaks (S1-9). */
export type QuestionAnswered = Event<
  'QuestionAnswered',
  Subject & {
    requestId: string;
    questionId: string;
    question: string;
    answer: string;
    answeredAt: Instant;
  }
>;

export type SourcingEvent = RequestIssued | RequestWindowExtended | RequestClosed;
// Each of these joins the union above with its decider.
export type NextSourcingEvent =
  RequestCancelled | RouteStepExcused | QuestionAsked | QuestionAnswered;
