import { fold } from '#kernel/decider.js';
import type { Actor } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { currentRules } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import { addDays, civilDateOf, instantMs, instantOf, type CivilDate } from '#kernel/time.js';
import type { PackageAwarded, OfferChosen, OffersPresented } from './package.award.events.js';
import type { PackageCommands } from './package.commands.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  birch,
  broker,
  cedar,
  chosenBy,
  contractOf,
  issued,
  packageId,
  personId,
  takenOn,
} from './package.fixtures.js';
import type { PackageState } from './package.rules.js';

/** One thing that may happen to a package, at some distance from the day it happens on. */
export interface Happening {
  readonly what: (typeof happenings)[number];
  /** Days that pass before it. */
  readonly passes: number;
  /** Days from its own day to the date it names; below zero it is dated back. */
  readonly distance: number;
  readonly provider: number;
}

export const happenings = [
  ...(['suspend', 'offer-restart', 'accept', 'decline', 'return', 'hand-back', 'fail'] as const),
  ...(['award', 'award', 'reverse', 'first-visit', 'first-visit', 'confirm-start'] as const),
  ...(['interim', 'end', 'direct-payment', 'vary'] as const),
];

const providers = [acorn, birch, cedar];

/** The life of one package through the real decider, its deadlines fired when they are due. */
export class LivedPackage {
  readonly events: PackageEvent[] = [takenOn];
  now = '2026-03-02T09:00:00.000Z';
  refused = 0;
  private count = 0;

  get today(): CivilDate {
    return civilDateOf(this.now);
  }

  get state(): PackageState {
    return fold<PackageState>(packageDecider, this.events);
  }

  happen({ what, passes, distance, provider }: Happening): void {
    this.pass(passes);
    const on = addDays(this.today, distance);
    const providerId = providers[provider % providers.length] ?? acorn;
    if (what === 'award') this.award(providerId, on);
    else this.send(...this.commandOf(what, on, providerId));
    this.fireDeadlines();
  }

  /** Lets days pass; what falls due on each is done on it. */
  pass(days: number): void {
    for (let day = 0; day < days; day += 1) {
      this.now = instantOf(instantMs(this.now) + 24 * 60 * 60_000);
      this.fireDeadlines();
    }
  }

  private commandOf(
    what: Exclude<Happening['what'], 'award'>,
    on: CivilDate,
    providerId: string,
  ): [keyof PackageCommands, object] {
    const entered = { receivedAt: this.now, evidence: 'A call', reason: 'No carers' };
    const awaited = this.state.service.awaited?.providerId ?? providerId;
    const commands: Record<typeof what, [keyof PackageCommands, object]> = {
      suspend: ['SuspendPackage', { reason: 'hospital', fromOn: on }],
      'offer-restart': ['OfferRestart', { restartOn: on }],
      accept: ['AnswerRestart', { accepts: true, ...entered }],
      decline: ['AnswerRestart', { accepts: false, ...entered }],
      return: ['RecordReturn', { returnedOn: on }],
      'hand-back': ['HandBackPackage', { effectiveOn: on, reason: 'Leaves' }],
      fail: ['HandBackPackage', { cause: 'provider-failure', effectiveOn: on, reason: 'Fails' }],
      reverse: ['ReverseAward', { by: 'provider', reason: 'No carers' }],
      'first-visit': ['RecordFirstVisit', { providerId: awaited, deliveredOn: on }],
      'confirm-start': ['ConfirmStart', { startedOn: on }],
      interim: ['RecordInterimCover', { cover: 'other-provider', fromOn: on, contractId: 'c' }],
      end: ['EndPackage', { lastDay: on, outcome: 'deceased' }],
      'direct-payment': ['TakeDirectPayment', { fromOn: on }],
      vary: [
        'VaryPackage',
        {
          ...{ kind: 'permanent', fromOn: on, reason: 'Less' },
          schedule: this.state.needs?.schedule.map((line) => ({ ...line, minutes: 30 })) ?? [],
        },
      ],
    };
    return commands[what];
  }

  /** A request, its offers and the person's choice go before; they are another slice's to prove. */
  private award(providerId: string, startOn: CivilDate): void {
    const { stage, needs } = this.state;
    if (stage !== 'awaiting-request' || !needs) return;
    const requestId = deriveId(packageId, 'request', (this.count += 1));
    const offerId = deriveId(requestId, providerId);
    const offer = {
      ...{ offerId, providerId, contractId: contractOf(providerId), startOn, times: [] },
      weeklyCostPence: 21_500,
    };
    const chosen: OfferChosen = {
      type: 'OfferChosen',
      data: {
        ...{ packageId, personId, requestId, offerId, chosenBy, reasons: [], chosenAt: this.now },
      },
    };
    const presented: OffersPresented = {
      type: 'OffersPresented',
      data: { packageId, requestId, offers: [offer], seed: '00', nonCompliant: [] },
    };
    const awarded: PackageAwarded = {
      type: 'PackageAwarded',
      data: {
        ...{ packageId, personId, requestId, offerId, providerId, startOn },
        ...{ contractId: contractOf(providerId), contractType: 'framework' },
        ...{ schedule: needs.schedule, weeklyMinutes: 630, weeklyCostPence: 21_500 },
        awardedAt: this.now,
      },
    };
    this.events.push(
      { ...issued, data: { ...issued.data, requestId } },
      presented,
      chosen,
      awarded,
    );
    this.send('ConfirmAward', { offerId });
  }

  private fireDeadlines(): void {
    this.send('LapseRestart', {});
    this.send('OpenGap', {});
  }

  private send(name: keyof PackageCommands, fields: object): void {
    const commandId = deriveId(packageId, 'command', (this.count += 1));
    const contract = {
      ...{ known: true, providerId: cedar, type: 'spot', liveOn: true, noticeDays: null },
      weeklyCostPence: 21_500,
    };
    const decide = packageDecider.decide[name] as (
      state: PackageState,
      command: object,
      context: object,
    ) => readonly PackageEvent[];
    try {
      const context = {
        ...{ now: this.now, actor: broker as Actor, facts: { contract }, policy: shippedPolicy },
        ...{ entropy: '00', rules: currentRules },
      };
      this.events.push(...decide(this.state, { commandId, packageId, ...fields }, context));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      this.refused += 1;
    }
  }
}
