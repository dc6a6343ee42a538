import { isListedCode } from '#brokerage/codes.commands.js';
import { recordedRefusals } from '#brokerage/recorded-refusals.js';
import { RefusalRecorder } from '../refusals/refusal-recorder.js';
import { systemActor, type Actor } from '#kernel/actor.js';
import { uuidV7 } from '#kernel/ids.js';
import { addMinutes, instantMs } from '#kernel/time.js';
import { councilPolicyDecider } from '#brokerage/council-policy/council-policy.decider.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { slices } from '#brokerage/slices.js';
import { EventCodec } from '#eventstore/event-codec.js';
import type { EventStore } from '#eventstore/event-store.js';
import { memoryKeys } from '#eventstore/subject-keys.js';
import { TypedLog } from '#eventstore/typed-log.js';
import { catalogue } from '#runtime/catalogue.js';
import { Commands } from './commands.js';
import type { Acknowledged, Submission } from './submission.js';

export const broker: Actor = { id: 'broker-1', roles: ['broker'] };
export const otherBroker: Actor = { id: 'broker-2', roles: ['broker'] };
export const seniorBroker: Actor = { id: 'senior-1', roles: ['senior-broker'] };
export const commissioner: Actor = { id: 'commissioner-1', roles: ['commissioner'] };
export const otherCommissioner: Actor = { id: 'commissioner-2', roles: ['commissioner'] };
export const userOf = (organisation: string): Actor => ({
  ...{ id: `user-of-${organisation}`, roles: ['provider'] as const, organisation },
});

const oneKey = memoryKeys();
let drawn = 0;
/** A new command id of the office's present time. */
const newCommandId = (now: string): string =>
  uuidV7(instantMs(now), (drawn += 1).toString(16).padStart(16, '0'));

/** A brokerage office on a store: sends commands at a stated time. */
export class Office {
  readonly log: TypedLog;
  readonly commands: Commands;
  readonly refusals: RefusalRecorder;
  now = '2026-03-02T09:00:00.000Z';
  /** Whether the packages of every person are over. */
  over = false;
  /** What the contract register answers. */
  eligible: readonly { providerId: string; contractId: string }[] = [];
  /** The standing of providers in any month's league. */
  league: readonly object[] = [];

  constructor(readonly store: EventStore) {
    this.log = new TypedLog(store, new EventCodec(catalogue, oneKey));
    this.refusals = new RefusalRecorder({
      ...{ listed: recordedRefusals, isCode: isListedCode, clock: { now: () => this.now } },
      record: (command) =>
        this.commands.executeNamed('RecordRefusal', command, { actor: systemActor }),
    });
    this.commands = new Commands({
      onRefused: (command, { actor }, error, seen) => {
        this.refusals.commandRefused(command, actor, error, seen);
      },
      store: this.log,
      slices,
      clock: { simulated: false, now: () => this.now },
      lists: async (name, question) => ({
        value: await this.listed(name, question),
        position: await store.head(),
      }),
      policyChanges: async (read) =>
        (await read.folded(councilPolicyDecider, councilPolicyStream)).state.approved,
      software: 'care-brokerage@test',
      versionOf: (type) => catalogue.event(type).version,
      commandVersionOf: (name) => catalogue.command(name).version,
    });
  }

  private async listed(name: string, question: unknown): Promise<unknown> {
    if (name === 'casesOfPerson') return this.casesOf(question);
    if (name !== 'leagueOfMonth') return this.eligible;
    const { month } = question as { month: string };
    return { month, method: `The provider league of ${month}.`, rows: this.league };
  }

  /** What the read side would answer. */
  private async casesOf(question: unknown): Promise<readonly object[]> {
    const { personId } = question as { personId: string };
    const { events } = await this.log.readAll({ filter: { types: ['PackageReferred'] } });
    const referred = events.map(({ data }) => data as { personId: string; packageId: string });
    return referred
      .filter((data) => data.personId === personId)
      .map(({ packageId }) => ({ packageId, over: this.over, caredFor: false }));
  }

  newId = (): string => newCommandId(this.now);

  send(name: string, fields: object, by: Actor | Submission = broker): Promise<Acknowledged> {
    const submission = 'actor' in by ? by : { actor: by };
    return this.commands.executeNamed(name, { commandId: this.newId(), ...fields }, submission);
  }

  later(minutes: number): void {
    this.now = addMinutes(this.now, minutes);
  }

  async typesIn(stream: string): Promise<readonly string[]> {
    return (await this.log.read(stream)).map(({ type }) => type);
  }
}

export const needs = {
  ...{ serviceLine: 'long-term', lot: 'lot-1', fundingStatus: 'council', postcodeDistrict: 'ZZ7' },
  ...{ patch: 'north', ageBand: '75-84', gender: 'female', carerGenderNeed: 'any' },
  startOn: '2026-03-09',
  schedule: [
    {
      ...{ days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', minutes: 30, carers: 1 },
      ...{ tasks: ['personal-care'], critical: false },
    },
  ],
};

let referrals = 0;
/** A reference that no other referral has. */
export const newReference = () => {
  referrals += 1;
  return { system: 'case-system', personRef: `P-${referrals}`, referralRef: `R-${referrals}` };
};

export interface Provider {
  readonly providerId: string;
  readonly contractId: string;
}

export type Market = Record<'acorn' | 'birch', Provider>;

/** A framework from 2025-10-13 with one lot, and two providers contracted in it. */
export async function openMarket(office: Office, lastDay = '2029-10-12') {
  const { id: frameworkId } = await office.send('EstablishFramework', {
    ...{ name: 'Home care 2025', startsOn: '2025-10-13', lastDay },
    lots: [{ lot: 'lot-1', name: 'Home care' }],
  });
  await office.send('OpenFramework', { frameworkId, opensOn: '2025-10-13', lots: ['lot-1'] });
  const [, opening] = await office.log.read(`framework-${frameworkId}`);
  const { openingId } = opening?.data as { openingId: string };
  const contracted = async (legalName: string): Promise<Provider> => {
    const { id: providerId } = await office.send('RegisterProvider', {
      ...{ legalName, tradingNames: [], cqcLocationIds: [] },
    });
    const terms = { providerId, type: 'framework', startsOn: '2025-10-13', frameworkId };
    const { id: contractId } = await office.send('OpenContract', terms);
    const admission = { contractId, openingId, lots: ['lot-1'], admittedOn: '2025-10-13' };
    await office.send('AdmitToLots', admission);
    const rates = [{ dayKind: 'weekday-day', pencePerHour: 2_100 }];
    await office.send('SetRateCard', { contractId, effectiveOn: '2025-10-13', rates });
    return { providerId, contractId };
  };
  const acorn = await contracted(`Acorn Care ${frameworkId}`);
  const birch = await contracted(`Birch Care ${frameworkId}`);
  office.eligible = [acorn, birch];
  return { frameworkId, acorn, birch };
}

/** A package with an offer of both providers before the person, at 10:00 the day after. */
export async function presentedPackage(office: Office, market: Market, lot = 'lot-1') {
  const asked = await requestedPackage(office, lot);
  const { packageId, requestId } = asked;
  const offer = async ({ providerId }: Provider, start: string): Promise<string> => {
    const terms = { requestId, startOn: '2026-03-09', times: [{ line: 1, start }] };
    return (await office.send('SubmitOffer', terms, userOf(providerId))).id;
  };
  const offerOfAcorn = await offer(market.acorn, '08:15');
  const offerOfBirch = await offer(market.birch, '07:45');
  office.later(25 * 60);
  await office.send('PresentOffers', { packageId });
  return { ...asked, offerOfAcorn, offerOfBirch };
}

/** A package whose request is open. */
export async function requestedPackage(office: Office, lot = 'lot-1') {
  const directPayment = { outcome: 'not-wanted' };
  const referral = { reference: newReference(), needs: { ...needs, lot }, directPayment };
  const { id: packageId } = await office.send('ReferPackage', referral);
  return { packageId, requestId: await issueRequest(office, packageId) };
}

export async function issueRequest(office: Office, packageId: string): Promise<string> {
  await office.send('IssueRequest', { packageId, route: 'framework' });
  const issued = (await office.log.read(`carePackage-${packageId}`)).at(-1);
  return (issued?.data as { requestId: string }).requestId;
}

export const choiceOf = (packageId: string, offerId: string) => ({
  ...{ packageId, offerId, chosenBy: { name: 'Ada Fictional', relationship: 'person' } },
  reasons: ['Knows the carers.'],
});

/** The same package awarded to Acorn and confirmed. */
export async function awardedPackage(office: Office, market: Market) {
  const sourced = await presentedPackage(office, market);
  const { packageId, offerOfAcorn: offerId } = sourced;
  await office.send('ChooseOffer', choiceOf(packageId, offerId));
  await office.send('AwardPackage', { packageId });
  await office.send('AcceptOffer', { offerId });
  await office.send('ConfirmAward', { packageId, offerId });
  return sourced;
}
