import {
  capacityFold,
  heldOn,
  overLimit,
  peakFrom,
  type Holding,
  type Holdings,
} from '#kernel/capacity.js';
import { deriveId } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import { instantMs, type Instant } from '#kernel/time.js';
import {
  WrongExpectedRevision,
  type EventMetadata,
  type EventStore,
} from '#eventstore/event-store.js';
import type { CapacityClaim } from './slice.js';
import type { StateCache } from './state-cache.js';
import { Conflict } from './submission.js';

/** How long a claim is kept for a command that is not written yet. */
const graceMs = 60_000;
const tries = 20;

/**
 * Takes parts of something limited, so that all holders together never hold more than its limit on
 * any day. The same holder may take again, which is what a retried command does. A claim whose
 * command was never written (the process ended between the two appends) gives way after a minute.
 */
export class CapacityClaims {
  constructor(
    private readonly store: EventStore,
    private readonly cache: StateCache,
  ) {}

  /** Throws the claim's refusal when there is no room; takes nothing. */
  async ensureRoom(claims: readonly CapacityClaim[], now: Instant): Promise<void> {
    for (const claim of claims) await this.room(claim, now);
  }

  async take(claims: readonly CapacityClaim[], metadata: EventMetadata): Promise<void> {
    for (const claim of claims) await this.takeOne(claim, metadata);
  }

  private async takeOne(claim: CapacityClaim, metadata: EventMetadata): Promise<void> {
    const { stream, holder, fromOn, units } = claim;
    const { recordedAt: takenAt, commandId: takenBy } = metadata;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const room = await this.room(claim, takenAt);
      if (room === 'held') return;
      const changes = [
        ...room.abandoned.map((step) => ({
          type: 'CapacityReleased',
          data: { holder: step.holder, fromOn: step.fromOn, releasedAt: step.takenAt },
        })),
        { type: 'CapacityTaken', data: { holder, fromOn, units, takenAt, takenBy } },
      ];
      const first = room.revision === 'none' ? 0 : room.revision + 1;
      const events = changes.map(({ type, data }, index) => ({
        id: deriveId(takenBy, stream, first + index),
        ...{ type, data, version: 1, metadata },
      }));
      try {
        await this.store.append(stream, events, room.revision);
        return;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
    throw new Conflict();
  }

  private async room({ stream, ...claim }: CapacityClaim, now: Instant) {
    const { state, revision } = await this.cache.load(capacityFold, stream);
    const { steps } = state as Holdings;
    const { holder, fromOn, units, limits } = claim;
    const later = steps.some((step) => step.holder === holder && step.fromOn > fromOn);
    const held = heldOn(steps, holder, fromOn);
    if (held && !later && JSON.stringify(held) === JSON.stringify(units)) return 'held';
    // Who holds as much already takes nothing from others, even where the limit was lowered since.
    const over = (kept: readonly Holding[]) =>
      overLimit(peakFrom(kept, fromOn, holder), units, limits).filter(
        (unit) => (units[unit] ?? 0) > (held?.[unit] ?? 0),
      );
    if (over(steps).length === 0) return { revision, abandoned: [] };
    const abandoned = await this.abandonedOf(steps, claim, now);
    const [unit] = over(steps.filter((step) => !abandoned.includes(step)));
    if (unit === undefined) return { revision, abandoned };
    const { code, message } = claim.refusal;
    throw new Rejection([{ code, path: '', message: message(unit) }]);
  }

  /** Steps that a command took which then was never written to its holder's stream. */
  private async abandonedOf(
    steps: readonly Holding[],
    { holder: wanting, holderStream }: Omit<CapacityClaim, 'stream'>,
    now: Instant,
  ): Promise<readonly Holding[]> {
    const category = holderStream.slice(0, holderStream.indexOf('-'));
    const abandoned: Holding[] = [];
    for (const step of steps) {
      const recent = instantMs(now) - instantMs(step.takenAt) < graceMs;
      if (step.takenBy === undefined || step.holder === wanting || recent) continue;
      const written = await this.store.read(`${category}-${step.holder}`);
      if (!written.some(({ metadata }) => metadata.commandId === step.takenBy))
        abandoned.push(step);
    }
    return abandoned;
  }
}
