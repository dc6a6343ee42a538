import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '#kernel/time.js';
import type { EventStore, Position } from '#eventstore/event-store.js';
import { isIn, isOver, type AskedPeriod } from './asked-period.js';

export interface SampleQuestion extends AskedPeriod {
  readonly size: number;
  /** Any text: the same one gives the same sample on every node and in every year. */
  readonly seed: string;
}

export interface SampledDecision {
  readonly eventId: string;
  readonly position: Position;
  readonly stream: string;
  readonly command: string;
  readonly by: string;
  readonly decidedAt: Instant;
}

export interface AuditSample {
  /** How many decisions the period has. */
  readonly population: number;
  readonly decisions: readonly SampledDecision[];
}

/**
 * Draws decisions of a period: those whose SHA-256 of seed and event id is lowest. Each has the same
 * chance, whoever draws again gets the same ones, and what is recorded later changes nothing.
 */
export async function auditSample(
  log: Pick<EventStore, 'readAll'>,
  { size, seed, ...period }: SampleQuestion,
): Promise<AuditSample> {
  let population = 0;
  let drawn: { readonly rank: string; readonly decision: SampledDecision }[] = [];
  for (let [at, isEnd] = [period.after, false]; !isEnd;) {
    const page = await log.readAll({ after: at });
    for (const { id: eventId, position, stream, metadata } of page.events) {
      const { command, recordedAt: decidedAt, actor } = metadata;
      if (!command || !isIn(period, decidedAt)) continue;
      population += 1;
      const rank = createHash('sha256').update(`${seed}\n${eventId}`).digest('hex');
      const decision = {
        eventId,
        position,
        stream,
        command: command.name,
        by: actor.id,
        decidedAt,
      };
      drawn.push({ rank, decision });
    }
    drawn = drawn.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, size);
    at = page.upTo;
    isEnd = page.caughtUp || isOver(period, page.events.at(-1)?.metadata.recordedAt ?? '');
    await nextTurn();
  }
  const decisions = drawn.map(({ decision }) => decision);
  return { population, decisions: decisions.toSorted((a, b) => a.position - b.position) };
}
