import type { EventStore, Position } from '#eventstore/event-store.js';
import type { Instant } from '#kernel/time.js';
import type { Clock } from '#platform/commands/clock.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { settled, type Projector } from '../read-side.js';
import { answeredAt, type PastNeeds } from './past-reads.js';

/** A moment that lies behind: how far the log was, and what time it was. */
export interface PastMoment {
  readonly position: Position;
  readonly now: Instant;
}

/** Finds the moment that a caller names by a position or an instant, and answers as of it. */
export class PastMoments {
  private readonly reader;

  constructor(
    readonly projector: Projector,
    readonly log: EventStore,
    private readonly clock: Clock,
  ) {
    this.reader = projector.reader(councilPolicy);
  }

  /** Throws `InvalidInput` for a moment that has not come, or lies before the log begins. */
  async named(asked: string): Promise<PastMoment> {
    return /^\d+$/.test(asked) ? this.atPosition(Number(asked)) : this.atInstant(asked);
  }

  /** What read models gave at a moment. */
  answered<Answer>(
    { position }: PastMoment,
    needs: PastNeeds,
    answer: (past: Projector) => Answer,
  ): Promise<Answer> {
    return answeredAt(this, needs, position, answer);
  }

  private async atPosition(position: Position): Promise<PastMoment> {
    if (position > (await this.log.head())) throw unusable('The log has not come so far yet.');
    const { events } = await this.log.readAll({ after: position, limit: 1 });
    const own = await this.log.at(position);
    const next = own ?? events[0];
    // A position that is no event's own is as good as that of the event before it.
    if (!next) throw unusable('The log has no event at this position or behind it.');
    return { position, now: next.metadata.recordedAt };
  }

  private async atInstant(now: Instant): Promise<PastMoment> {
    if (now > this.clock.now()) throw unusable('This moment has not come yet.');
    await settled(this.reader, councilPolicy, this.log);
    const position = await this.reader.positionAt(now);
    if (position === 0) throw unusable('Nothing was recorded yet at this moment.');
    return { position, now };
  }
}

const unusable = (message: string): InvalidInput =>
  new InvalidInput([{ code: 'AsOfUnusable', path: 'asOf', message }]);
