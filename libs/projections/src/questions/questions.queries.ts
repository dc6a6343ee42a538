import type { EventStore } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { eventAt } from '../revealed-log.js';
import type { Projector } from '../read-side.js';
import { isOfProvider } from '../who-sees.js';
import { questions, type QuestionRow } from './questions.projection.js';
import type { RequestQuestion } from './questions.view.js';

/** Reads of what providers asked (S1-9). */
export class QuestionReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(questions);
  }

  /** In the order in which they came. */
  about(viewer: Viewer, requestId: string): RequestQuestion[] {
    const orderBy = { column: 'askedPosition', direction: 'asc' } as const;
    return this.reader
      .select(viewer, 'questions', { filter: { requestId }, orderBy })
      .map((row) => shown(row, viewer));
  }
}

/** Another provider’s question is told without who asked, and when. */
function shown(row: QuestionRow, viewer: Viewer): RequestQuestion {
  const { questionId, providerId, askedAt, answeredAt } = row;
  const anonymous = hasRole(viewer, 'provider') && !isOfProvider(viewer, providerId);
  return {
    ...{ questionId, answered: answeredAt !== undefined },
    ...(answeredAt !== undefined && { answeredAt }),
    ...(!anonymous && { askedByProviderId: providerId, askedAt }),
    position: row.answeredPosition ?? row.askedPosition,
  };
}

/** What was asked or answered; of a person who was erased nothing. */
export async function wordsAt(
  log: Pick<EventStore, 'at'>,
  position: number,
): Promise<{ readonly question?: string; readonly answer?: string }> {
  const event = await eventAt(log, position);
  const { question, answer } = (event?.data ?? {}) as Readonly<Record<string, unknown>>;
  return {
    ...(typeof question === 'string' && { question }),
    ...(typeof answer === 'string' && { answer }),
  };
}
