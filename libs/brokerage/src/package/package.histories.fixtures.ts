import type { Actor } from '#kernel/actor.js';
import { shippedPolicy, type CouncilPolicy } from '#kernel/council-policy.js';
import { currentRules, type AnyDecider, type Event } from '#kernel/decider.js';
import { deriveId, keyHash } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import { addMinutes } from '#kernel/time.js';
import { offerDecider, type OfferState } from '../offer/offer.decider.js';
import type { OfferEvent } from '../offer/offer.events.js';
import { offerIdOf } from '../offer/offer.facts.js';
import { rankingAdviceDecider } from '../ranking-advice/ranking-advice.decider.js';
import type { RankingAdviceEvent } from '../ranking-advice/ranking-advice.events.js';
import { leaksOf } from '../service-user/leak.rules.js';
import type { SecretIdentity } from '../service-user/leak.rules.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import * as facts from './package.fixtures.js';
import { requestPack } from './package.request.rules.js';
import { initialPackage, isAwaitingChoice, type PackageState } from './package.rules.js';
import { careNeeds } from './package.schedule.rules.js';

export type SourcedEvent = PackageEvent | OfferEvent | RankingAdviceEvent;

/** Values that no pack may tell. */
export const secret: SecretIdentity = {
  identity: {
    ...{ name: 'Ottoline Fernsby', bornOn: '1941-02-03', postcode: 'ZZ7 1AB' },
    addressLines: ['12 Quillfeather Lane', 'Examplechester'],
  },
};

export const moves = [
  ...(['issue', 'issue', 'issue', 'submit', 'submit', 'submit', 'submit', 'amend'] as const),
  ...(['withdraw', 'decline', 'close', 'close', 'present', 'present', 'present'] as const),
  ...(['choose', 'choose', 'choose', 'by-exception', 'award', 'award', 'award'] as const),
  ...(['accept', 'accept', 'settle', 'settle', 'refuse', 'cancel', 'extend'] as const),
  ...(['excuse', 'ask-advice', 'read-advice', 'withdraw-referral', 'start', 'end'] as const),
  ...(['direct-payment'] as const),
];
/** The same with the panel’s. */
export const panelMoves = [
  ...moves,
  ...(['open-estimate', 'open-offer', 'open-offer', 'decide', 'decide', 'decide'] as const),
  'give-authority' as const,
];
export type Move = (typeof panelMoves)[number];

/** One attempt at something; whether it is allowed is for the deciders to say. */
export interface Attempt {
  readonly move: Move;
  /** Minutes that pass before it. */
  readonly passes: number;
  readonly provider: number;
  /** Which of several ways; every way is tried by some. */
  readonly way: number;
}

const providers = [facts.acorn, facts.birch, facts.cedar];
const routes = [undefined, 'framework', 'spot', 'in-house', 'individual', 'direct-call-off'];

/** The sourcing of one package: the real deciders of package, offers and advice, on one clock. */
export class SourcedPackage {
  readonly events: SourcedEvent[] = [];
  readonly refusals = new Map<string, number>();
  readonly stages = new Set<string>();
  now = facts.issuedAt;
  state: PackageState = initialPackage;
  private readonly offers = new Map<string, OfferState>();
  private advice = new Map<string, typeof rankingAdviceDecider.initial>();
  private count = 0;
  private readonly leaked: readonly string[];

  /** `leaky`: what was referred repeats who the person is. */
  constructor(
    leaky = false,
    /** Pence a week over which the panel is asked (S3-7). */
    private readonly panelLevelPence?: number,
  ) {
    const needs = careNeeds({ ...facts.needs, ...(leaky && { skills: ['fernsby'] }) });
    this.leaked = leaky ? leaksOf(requestPack(needs, ''), secret) : [];
    this.keepPackage([{ ...facts.referred, data: { ...facts.referred.data, needs } }]);
  }

  attempt({ move, passes, provider, way }: Attempt): void {
    this.now = addMinutes(this.now, passes);
    const providerId = providers[provider % providers.length] ?? facts.acorn;
    this.moves[move](providerId, way);
  }

  /** Sends a command of the package as it is; tells whether it was allowed. */
  send(name: string, fields: object = {}, of: object = {}, actor: Actor = facts.broker): boolean {
    const events = this.decided(packageDecider, this.state, name, fields, { facts: of, actor });
    if (events) this.keepPackage(events as PackageEvent[]);
    return events !== null;
  }

  /** Another package at this same point. */
  copy(): SourcedPackage {
    const copy = Object.assign(new SourcedPackage(false, this.panelLevelPence), {
      now: this.now,
      state: this.state,
    });
    copy.offers.clear();
    for (const [id, offer] of this.offers) copy.offers.set(id, offer);
    copy.count = this.count + 1_000_000;
    return copy;
  }

  issue(way: number): boolean {
    const route = routes[way % routes.length];
    const named = { providerIds: [facts.birch], reason: 'Asked for.' };
    const fields = {
      ...(route && { route }),
      ...(way % 2 === 0 && { routeReason: 'No one else.' }),
      ...((route === 'direct-call-off' || way % 5 === 4) && { onlyTo: named }),
    };
    return this.send('IssueRequest', fields, {
      eligible: facts.invitations,
      acceptableOffers: this.acceptable(),
      leaked: this.leaked,
      postcodeSector: null,
    });
  }

  award(): boolean {
    const chosen = this.state.presented.find(({ offerId }) => offerId === this.state.chosenOfferId);
    const offer = chosen && this.offers.get(chosen.offerId);
    return this.send(
      'AwardPackage',
      {},
      {
        offer: {
          standing: offer?.status === 'offered',
          compliant: offer?.terms?.nonCompliance.length === 0,
          receivedAt: offer?.terms?.receivedAt ?? '',
          startOn: offer?.terms?.startOn ?? '',
          times: offer?.terms?.times ?? [],
        },
        contract: { type: 'framework', liveOnStart: true, admittedOnStart: true },
        provider: { suspended: false },
      },
    );
  }

  /** What the policies do after an award: the offer is accepted, or the award falls through. */
  settle(): boolean {
    const { award } = this.state;
    const offerId = award?.offerId ?? '';
    const accepted = this.offers.get(offerId)?.status === 'accepted';
    return accepted
      ? this.send('ConfirmAward', { offerId })
      : this.send('RecordAwardFellThrough', { offerId, reason: 'withdrawn' });
  }

  present(actor: Actor): boolean {
    const replies = this.replies().map((offer) => ({
      ...{ offerId: offer.offerId, providerId: offer.providerId, contractId: offer.contractId },
      ...{ startOn: offer.terms?.startOn ?? '', times: offer.terms?.times ?? [] },
      weeklyCostPence: offer.terms?.weeklyCostPence ?? null,
      ...{ status: offer.status, nonCompliance: offer.terms?.nonCompliance ?? [], revision: 0 },
    }));
    return this.send('PresentOffers', {}, { replies }, actor);
  }

  choose(way: number): boolean {
    const { presented } = this.state;
    const offerId = presented[way % Math.max(presented.length, 1)]?.offerId ?? facts.cedar;
    return this.send('ChooseOffer', { offerId, chosenBy: facts.chosenBy, reasons: ['Times'] });
  }

  private readonly moves: Readonly<Record<Move, (providerId: string, way: number) => unknown>> = {
    issue: (_, way) => this.issue(way),
    extend: (_, way) =>
      this.send('ExtendRequestWindow', {
        closesAt: addMinutes(this.state.request?.closesAt ?? this.now, way - 2),
      }),
    close: () => {
      const { requestId = '' } = this.state.request ?? {};
      return this.send('CloseRequest', { requestId }, { unanswered: [] });
    },
    cancel: () => this.send('CancelRequest', { reason: 'needs-changed' }),
    excuse: (_, way) =>
      this.send(
        'ExcuseRouteStep',
        {
          route: routes[1 + (way % 3)],
          reason: ['no-capacity', 'crisis', 'no-pvi', 'end-of-life'][way % 4],
          ...{ evidence: 'Call.', reviewOn: '2027-01-01' },
        },
        { acceptableOffers: this.acceptable() },
      ),
    submit: (providerId, way) => this.reply('SubmitOffer', providerId, way, termsOf(way)),
    amend: (providerId, way) => this.reply('AmendOffer', providerId, way, termsOf(way)),
    withdraw: (providerId, way) => this.reply('WithdrawOffer', providerId, way, { reason: 'x' }),
    decline: (providerId, way) =>
      this.reply('DeclineRequest', providerId, way, { reason: 'no-staff' }),
    present: (_, way) => this.present(way % 4 === 0 ? facts.seniorBroker : facts.broker),
    choose: (_, way) => this.choose(way),
    'by-exception': (_, way) => {
      const exception = ['urgent', 'best-interests', 'declined-to-choose'][way % 3];
      const offerId = this.state.presented[0]?.offerId ?? facts.cedar;
      const who = { decisionMaker: 'Grace', reasons: ['Home tonight'] };
      return this.send('ChooseOfferByException', { offerId, exception, ...who });
    },
    refuse: () =>
      this.send('RefuseOffers', { refusedBy: facts.chosenBy, reasons: ['None suits.'] }),
    award: () => this.award(),
    accept: () => {
      const id = this.state.award?.offerId ?? '';
      const offer = this.offers.get(id);
      if (offer && this.state.stage === 'award-pending') this.offer('AcceptOffer', id, {}, {});
    },
    settle: () => this.settle(),
    'ask-advice': () => this.ask('RequestRankingAdvice'),
    'read-advice': () => this.ask('ReadRankingAdvice'),
    'withdraw-referral': (by, way) =>
      isSeldom(by, way) && this.send('WithdrawReferral', { reason: 'Moved.' }),
    start: () =>
      this.send('RecordFirstVisit', {
        providerId: this.state.award?.providerId ?? '',
        deliveredOn: this.state.award?.startOn ?? '2026-03-09',
      }),
    end: (by, way) =>
      isSeldom(by, way) && this.send('EndPackage', { lastDay: '2026-04-30', outcome: 'deceased' }),
    'open-estimate': (_, way) => this.openCase('estimate', way),
    'open-offer': (_, way) => this.openCase('offer', way),
    decide: (_, way) => this.decideCase(way),
    'give-authority': () =>
      this.send(
        'GiveInterimAuthority',
        { caseId: this.state.panel.cases.at(-1)?.caseId ?? 'none', reason: 'Cannot wait.' },
        {},
        facts.seniorBroker,
      ),
    'direct-payment': (by, way) =>
      isSeldom(by, way) && this.send('TakeDirectPayment', { fromOn: '2026-03-09' }),
  };

  private get policy(): CouncilPolicy {
    const { panelLevelPence: level } = this;
    if (level === undefined) return shippedPolicy;
    return { ...shippedPolicy, panel: { ...shippedPolicy.panel, level } };
  }

  private openCase(on: 'estimate' | 'offer', way: number): void {
    const estimatePence = 21_000 + 10 * way;
    this.send('OpenPanelCase', { on }, { estimatePence, variation: null });
  }

  private decideCase(way: number): void {
    const caseId = this.state.panel.cases.at(-1)?.caseId ?? 'none';
    const outcome = (['approved', 'approved', 'refused', 'deferred'] as const)[way % 4];
    const said = { outcome, conditions: ['Review.'], reason: 'As assessed.' };
    const member: Actor = way === 5 ? facts.broker : { id: 'member', roles: ['panel-member'] };
    this.send('DecidePanelCase', { caseId, agency: 'adult-social-care', ...said }, {}, member);
  }

  private ask(name: 'RequestRankingAdvice' | 'ReadRankingAdvice'): void {
    const { request, presented, stage, personId } = this.state;
    const requestId = request?.requestId ?? 'none';
    const advice = this.advice.get(requestId) ?? rankingAdviceDecider.initial;
    const known = request !== null;
    const asked = { ...{ known, presented, personId }, packageId: facts.packageId };
    const of = {
      request: { ...asked, awaitsChoice: known && isAwaitingChoice(stage) },
      league: { month: '2026-02', method: 'L1', position: 1, rows: [] },
    };
    const fields = { requestId, requestedBy: { name: 'Ada', relationship: 'person' } };
    const events = this.decided(rankingAdviceDecider, advice, name, fields, {
      ...{ facts: of, actor: facts.broker },
    }) as RankingAdviceEvent[] | null;
    for (const event of events ?? []) {
      this.events.push(event);
      this.advice.set(requestId, evolved(rankingAdviceDecider, advice, event));
    }
  }

  /** A provider's reply by the portal, or one that a broker enters with its receipt. */
  private reply(name: string, providerId: string, way: number, terms: object): void {
    const { request, needs, stage, personId } = this.state;
    const requestId = request?.requestId ?? 'none';
    const id = offerIdOf(requestId, providerId);
    const invited = (request?.invited ?? []).filter((each) => each.providerId === providerId);
    const of = {
      ownCase: true,
      request: {
        ...{ known: request !== null, packageId: facts.packageId, personId, stage },
        ...{ isCurrent: true, issuedAt: request?.issuedAt ?? '', invited },
        ...{ closesAt: request?.closesAt ?? '', startOn: needs?.startOn ?? '' },
        ...{ carerGenderNeed: needs?.carerGenderNeed ?? 'any', skills: needs?.skills ?? [] },
        schedule: needs?.schedule ?? [],
      },
      rateCards: [
        {
          effectiveOn: '2025-10-13',
          rates: [{ dayKind: 'weekday-day', pencePerHour: 2_000 + way }],
        },
      ],
      provider: { id: providerId, offerId: id },
    };
    const entered = way % 3 === 0;
    const receipt = { receivedAt: addMinutes(this.now, -way * 30), evidence: 'mail 4711' };
    const actor = entered
      ? way === 0
        ? facts.seniorBroker
        : facts.broker
      : facts.userOf(providerId);
    const fields = { requestId, offerId: id, ...terms, ...(entered && receipt) };
    this.offer(name, id, fields, { facts: of, actor });
  }

  private offer(name: string, id: string, fields: object, of: object): void {
    const state = this.offers.get(id) ?? offerDecider.initial;
    const events = this.decided(offerDecider, state, name, fields, of) as OfferEvent[] | null;
    for (const event of events ?? []) {
      this.events.push(event);
      this.offers.set(id, evolved(offerDecider, this.offers.get(id) ?? state, event));
    }
  }

  private replies(): OfferState[] {
    return [...this.offers.values()].filter(
      ({ requestId, status }) =>
        requestId === this.state.request?.requestId && status !== null && status !== 'accepted',
    );
  }

  private acceptable(): number {
    if (this.state.stage !== 'request-closed') return 0;
    return this.replies().filter(
      ({ status, terms }) => status === 'offered' && terms?.nonCompliance.length === 0,
    ).length;
  }

  private keepPackage(events: readonly PackageEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      this.state = evolved(packageDecider, this.state, event);
    }
    this.stages.add(this.state.stage);
  }

  /** `null`: refused. Anything but a refusal is thrown. */
  private decided(
    decider: AnyDecider,
    state: unknown,
    name: string,
    fields: object,
    of: { facts?: object; actor?: Actor },
  ): readonly Event[] | null {
    const commandId = deriveId(facts.commandId, 'history', (this.count += 1));
    const context = {
      ...{ now: this.now, actor: of.actor ?? facts.broker, facts: of.facts ?? {} },
      ...{ policy: this.policy, rules: currentRules, entropy: keyHash(commandId) },
    };
    try {
      const command = { commandId, packageId: facts.packageId, ...fields };
      return decider.decide[name]?.(state, command, context) ?? null;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      this.refusals.set(error.code, (this.refusals.get(error.code) ?? 0) + 1);
      return null;
    }
  }
}

/** What ends a history is tried seldom, so that most go far. */
const isSeldom = (providerId: string, way: number): boolean =>
  way === 0 && providerId === facts.acorn;

function evolved<State>(
  { evolve }: { readonly initial: State; readonly evolve: object },
  state: State,
  { type, data }: Event,
): State {
  const fold = (evolve as Record<string, ((state: State, data: unknown) => State) | undefined>)[
    type
  ];
  return fold?.(state, data) ?? state;
}

/** Some of these times break the latest start; some start later. */
const termsOf = (way: number) => ({
  startOn: way === 1 ? '2026-03-10' : '2026-03-09',
  times: [
    { line: 1, start: way === 2 ? '09:30' : `08:0${way}` },
    { line: 2, start: '12:30' },
  ],
});
