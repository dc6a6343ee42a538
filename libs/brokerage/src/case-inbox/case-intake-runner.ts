import { setTimeout as delay } from 'node:timers/promises';
import { Rejection } from '#kernel/rejection.js';
import { systemActor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { StoreUnavailable, type EventStore, type StoredEvent } from '#eventstore/event-store.js';
import { isErased } from '#eventstore/sealing.js';
import { wholeStream } from '#eventstore/stream-pages.js';
import type { Commands } from '#platform/commands/commands.js';
import { Conflict, type SubmittedCommand } from '#platform/commands/submission.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';
import { StreamWorks } from '#platform/jobs/stream-works.js';
import { CaseEffects } from './case-effects.js';
import { caseInboxDecider } from './case-inbox.decider.js';
import type { CaseInboxEvent, CaseMessageReceived } from './case-inbox.events.js';
import { caseInboxStream, nextReady } from './case-inbox.rules.js';
import { caseInboxSlice } from './case-inbox.slice.js';
import { takeMessage } from './take-message.js';

export interface CaseIntakeRunnerOptions {
  /** With personal fields unsealed. */
  readonly store: EventStore;
  readonly commands: Commands;
  /** Told of a message that failed for another reason than a rule; it is set aside as well. */
  readonly onFailed?: (messageId: string, error: unknown) => void;
}

/** Lets what came from a case system take effect: each person's messages in their order. */
export class CaseIntakeRunner {
  private readonly works: StreamWorks;

  constructor(private readonly options: CaseIntakeRunnerOptions) {
    this.works = new StreamWorks({
      ...{ store: options.store, checkpointName: 'case-inbox/runner' },
      category: caseInboxSlice.category,
      types: [
        'CaseMessageReceived',
        'CaseMessageReopened',
        'CaseGapSkipped',
      ] satisfies CaseInboxEvent['type'][],
      carryOut: (personId, signal) => this.carryOut(personId, signal),
    });
  }

  begin(): void {
    this.works.begin();
  }

  /** Resolves once all that came up to now has taken effect or is set aside. */
  idle(): Promise<void> {
    return this.works.idle();
  }

  close(): Promise<void> {
    return this.works.close();
  }

  private async carryOut(personId: string, signal: AbortSignal): Promise<void> {
    const { commands, store } = this.options;
    const stream = caseInboxStream(personId);
    for (let attempt = 0; !signal.aborted;) {
      try {
        const { state } = await commands.reader.folded(caseInboxDecider, stream);
        const next = nextReady(state);
        if (!next) return;
        const events = await wholeStream(store, stream);
        const event = events.find(
          ({ type, data }) =>
            type === 'CaseMessageReceived' &&
            (data as CaseMessageReceived['data']).messageId === next.messageId,
        );
        if (!event) throw new Error(`${stream} has lost message ${next.messageId}`);
        const round = events.filter(({ type }) => type === 'CaseMessageReopened').length;
        await this.take(event, round);
        attempt = 0;
      } catch (error) {
        const isPassing = error instanceof StoreUnavailable || error instanceof Conflict;
        if (!isPassing) throw error;
        attempt += 1;
        await delay(Math.min(5_000, 20 * 2 ** attempt), undefined, { signal }).catch(
          () => undefined,
        );
      }
    }
  }

  private async take(event: StoredEvent, round: number): Promise<void> {
    const message = event.data as CaseMessageReceived['data'];
    const { messageId, personId, type, system } = message;
    const commandId = deriveId(messageId, 'taken', round);
    try {
      const data = contentOf(message);
      const subject = { messageId, personId, system, personRef: data.personRef };
      const effects = new CaseEffects(this.options.commands, subject, event.id);
      const notice = await takeMessage(type, data, effects);
      const { sent, packageIds } = effects;
      const about = { commandId, personId, messageId, packageIds, commands: sent };
      await this.record('RecordCaseMessageTaken', { ...about, ...(notice && { notice }) });
    } catch (error) {
      if (error instanceof StoreUnavailable || error instanceof Conflict) throw error;
      const violations = this.violationsOf(messageId, error);
      const setAside = { commandId: deriveId(messageId, 'aside', round), personId, messageId };
      await this.record('SetCaseMessageAside', { ...setAside, violations });
    }
  }

  /** Codes and places, never what was written. */
  private violationsOf(messageId: string, error: unknown) {
    if (error instanceof Rejection || error instanceof InvalidInput) {
      return error.violations.map(({ code, path }) => ({ code, path }));
    }
    this.options.onFailed?.(messageId, error);
    return [{ code: 'CaseMessageFailed', path: '' }];
  }

  private record<Command extends SubmittedCommand>(name: string, command: Command) {
    return this.options.commands.executeNamed(name, command, { actor: systemActor });
  }
}

function contentOf({ body }: CaseMessageReceived['data']): { readonly personRef: string } {
  // Of an erased person nothing is left that could be carried out.
  if (isErased(body)) throw new InvalidInput([{ code: 'PersonIsErased', path: '', message: '' }]);
  return JSON.parse(body) as { readonly personRef: string };
}
