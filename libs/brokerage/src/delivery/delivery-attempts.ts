import { systemActor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import { instantMs } from '#kernel/time.js';
import { LeaseLost, type Lease } from '#eventstore/lease.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Commands } from '#platform/commands/commands.js';
import type { SubmittedCommand } from '#platform/commands/submission.js';
import { pause } from '#platform/jobs/child-sender.js';
import { MailNotSent, type Mail, type MailTransport } from '#platform/mail/mail-transport.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import type { DeliveryEnd } from './delivery.codes.js';
import { deliveryDecider } from './delivery.decider.js';
import type { DeliveryPrepared } from './delivery.events.js';
import type { DeliveryState } from './delivery.rules.js';
import { deliveryStream } from './delivery.slice.js';

/** What is to be sent, or why it has become pointless. */
export type Letter =
  Pick<Mail, 'to' | 'subject' | 'text' | 'html'> | { readonly pointless: DeliveryEnd };

/** `possible-duplicate`: sent though the attempt before may have left as well. */
export const attemptOutcomes = ['sent', 'failed', 'unknown', 'possible-duplicate'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

export interface DeliveryAttemptsOptions {
  readonly commands: Commands;
  readonly clock: Pick<Clock, 'now'>;
  readonly transport: MailTransport;
  /** The right to send: asked for just before each mail leaves. */
  readonly lease: Pick<Lease, 'ensureHeld'>;
  readonly letter: (delivery: DeliveryPrepared['data']) => Promise<Letter>;
  /** The address that mail comes from. */
  readonly from: string;
  /** Told what became of each attempt. */
  readonly onAttempt?: (outcome: AttemptOutcome) => void;
}

/**
 * One attempt after another, each recorded before it leaves and after it has left. After a crash, or
 * when another process works now, at most one copy more is sent, with the same Message-ID, and
 * recorded as such.
 */
export class DeliveryAttempts {
  constructor(
    private readonly options: DeliveryAttemptsOptions,
    private readonly stopped: AbortSignal,
  ) {}

  /** Sends a delivery as it stands, unless it has become pointless. */
  async next({ prepared, attempts, status }: DeliveryState): Promise<void> {
    if (!prepared) return;
    const { deliveryId } = prepared;
    const { from } = this.options;
    const letter = await this.options.letter(prepared);
    if ('pointless' in letter) {
      const commandId = deriveId(deliveryId, 'pointless', attempts);
      const { pointless: because } = letter;
      return this.record('GiveUpDelivery', { commandId, deliveryId, because });
    }
    const attempt = attempts + 1;
    const messageId = `<${deliveryId}@${from.slice(from.lastIndexOf('@') + 1)}>`;
    if (!(await this.begin({ deliveryId, attempt, to: letter.to, messageId }))) return;
    if (status === 'started') this.options.onAttempt?.('possible-duplicate');
    await this.send(deliveryId, attempt, { ...letter, from, messageId });
  }

  /** Whether the attempt may leave; false when this doubtful one would be one too many. */
  private async begin(attempt: {
    readonly deliveryId: string;
    readonly attempt: number;
    readonly to: string;
    readonly messageId: string;
  }): Promise<boolean> {
    const { clock, commands } = this.options;
    // Drawn, not derived: the same command of two workers would be acknowledged to both.
    const commandId = newCommandId(instantMs(clock.now()));
    await this.record('StartDelivery', { commandId, ...attempt });
    const stream = deliveryStream(attempt.deliveryId);
    return (await commands.reader.folded(deliveryDecider, stream)).state.status === 'started';
  }

  private async send(deliveryId: string, attempt: number, mail: Mail): Promise<void> {
    const { lease, transport, onAttempt } = this.options;
    lease.ensureHeld();
    const result = { deliveryId, attempt };
    try {
      await transport.send(mail);
    } catch (error) {
      const isSurelyHere = error instanceof MailNotSent;
      onAttempt?.(isSurelyHere ? 'failed' : 'unknown');
      if (!isSurelyHere) return;
      const commandId = deriveId(deliveryId, 'failed', attempt);
      return this.keep('RecordDeliveryFailed', { commandId, ...result, fault: error.fault });
    }
    onAttempt?.('sent');
    await this.keep('RecordDeliverySent', {
      commandId: deriveId(deliveryId, 'sent', attempt),
      ...result,
    });
  }

  private async record<C extends SubmittedCommand>(name: string, command: C): Promise<void> {
    await this.options.commands.executeNamed(name, command, { actor: systemActor });
  }

  /** What became of an attempt is kept however long the store is away. */
  private async keep<C extends SubmittedCommand>(name: string, command: C): Promise<void> {
    do {
      try {
        return await this.record(name, command);
      } catch (error) {
        if (error instanceof LeaseLost || error instanceof Rejection) throw error;
        await pause(1_000, this.stopped);
      }
    } while (!this.stopped.aborted);
  }
}
