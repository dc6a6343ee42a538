import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { adviceOf } from './ranking-advice.facts.js';
import type { RankingAdvice } from './ranking-advice.view.js';

/** Answers a ranking, once the reading is durable in the log. */
export class AdviceReading {
  constructor(private readonly commands: Commands) {}

  /** Throws `RankingNotAskedFor` before the person asked; the attempt is kept (S1-13). */
  async read(requestId: string, by: Submission): Promise<RankingAdvice | undefined> {
    const commandId = newCommandId();
    await this.commands.executeNamed('ReadRankingAdvice', { commandId, requestId } as never, by);
    const advice = await adviceOf(this.commands.reader, requestId);
    if (!advice) return undefined;
    const { requestedBy, requestedAt, month, method, ranking } = advice;
    return {
      ...{ requestId, requestedBy: { ...requestedBy }, requestedAt, month, method },
      ranking: ranking.map(({ rank, ...offer }) => ({ ...offer, ...(rank !== null && { rank }) })),
    };
  }
}
