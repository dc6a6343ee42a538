import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';

/** Figures that are released, by the name of the query that answers them. */
export const statableQueries = [
  'provider-kpis',
  'provider-league',
  'council-figures',
  'statement',
] as const;
export type StatableQuery = (typeof statableQueries)[number];

/** A query with all its arguments, those too that nobody gave; in order of their names. */
export interface FigureQuery {
  readonly name: StatableQuery;
  readonly arguments: Readonly<Record<string, string>>;
}

/** A figure was released: what was asked, and the answer as it went out. */
export type FigureStated = Event<
  'FigureStated',
  {
    figureId: string;
    query: FigureQuery;
    /** How far the log was read. */
    position: number;
    /** JSON, its fields in order of their names. */
    answer: string;
    rules: {
      /** The council policy that judged the figure. */
      readonly policyVersion: number;
      readonly rulesVersion: number;
      readonly software: string;
    };
    /** The request that it answers: `FOI 2026-114`. */
    reference: string;
    reason: string;
    statedBy: string;
    statedAt: Instant;
    /** The day it was stated on, by which windows and challenges are over or not. */
    statedOn: CivilDate;
  }
>;
