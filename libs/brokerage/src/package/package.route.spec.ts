import { shippedPolicy, type CouncilPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  awardedToAcorn,
  birch,
  chosenBy,
  closed,
  closesAt,
  choseAcorn,
  commandId,
  confirmedToAcorn,
  issued,
  needs,
  offerOfAcorn,
  offerOfBirch,
  packageId,
  personId,
  presented,
  referred,
  requestId,
  sendable,
} from './package.fixtures.js';
import { careNeeds } from './package.schedule.rules.js';
import type { RouteStepExcused } from './package.sourcing.events.js';

const { given } = specFor(packageDecider);
const later = '2026-03-05T09:00:00.000Z';
const routeReason = 'A small team that speaks Welsh.';

const shortTerm: PackageEvent = {
  ...referred,
  data: {
    ...referred.data,
    needs: careNeeds({ ...needs, serviceLine: 'short-term', startOn: '2026-03-09' }),
  },
};
const excused = (route: string, reason: string): RouteStepExcused => ({
  type: 'RouteStepExcused',
  data: { packageId, personId, route, reason, evidence: 'Team leader by phone, 2 March.' },
});
const on = (route: string): PackageEvent => ({ ...issued, data: { ...issued.data, route } });
const emptyFramework = [on('framework'), closed];
const emptySpot = [on('spot'), closed];
const cancelled: PackageEvent = {
  type: 'RequestCancelled',
  data: { packageId, personId, requestId, reason: 'sent-in-error', cancelledAt: later },
};
const refused: PackageEvent = {
  type: 'OffersRefused',
  data: { packageId, personId, requestId, refusedBy: chosenBy, reasons: ['Too late.'] },
};

const issue = (
  fields: object,
  events: readonly PackageEvent[] = [],
  of: { first?: PackageEvent; facts?: object; policy?: CouncilPolicy } = {},
) =>
  given(of.first ?? referred, ...events).when(
    'IssueRequest',
    { commandId, packageId, ...fields },
    { now: later, facts: { ...sendable, ...of.facts }, policy: of.policy ?? shippedPolicy },
  );
const goes = (route: string, ...askedBefore: object[]) => ({
  type: 'RequestIssued',
  data: { route, askedBefore },
});

describe('The cascade of long-term care', () => {
  const spot = { route: 'spot', routeReason };
  const framework = { route: 'framework', requestId };

  it('begins with the framework (S3-17)', () => {
    issue({}).thenLike(goes('framework'));
  });

  it('asks spot once the framework was asked and closed with no acceptable offer (S3-17)', () => {
    issue(spot, emptyFramework).thenLike(goes('spot', framework));
    issue({ routeReason }, emptyFramework).thenLike(goes('spot', framework));
  });

  it('does not ask spot while nothing stands for the framework (S3-17)', () => {
    issue(spot).thenRejected('RouteStepNotAsked');
    issue(spot, [on('framework'), cancelled]).thenRejected('RouteStepNotAsked');
  });

  it('takes offers that the person refused for a step without an acceptable one (S3-17, S1-11)', () => {
    issue(spot, [on('framework'), presented, refused]).thenLike(goes('spot', framework));
  });

  it('takes a step without an offer left after a fall-through for one without any (S3-17, X5)', () => {
    const fell: PackageEvent = {
      type: 'AwardFellThrough',
      data: { packageId, requestId, offerId: offerOfAcorn.offerId, reason: 'withdrawn' },
    };
    const sole: PackageEvent = {
      ...presented,
      data: { ...presented.data, offers: [offerOfAcorn] },
    };
    issue(spot, [on('framework'), sole, choseAcorn, awardedToAcorn, fell]).thenLike(
      goes('spot', framework),
    );
  });

  it('goes nowhere past an offer that could be accepted, however closed (S1-11, S3-17)', () => {
    const facts = { acceptableOffers: 1 };
    issue(spot, emptyFramework, { facts }).thenRejected('AcceptableOfferNotPresented');
    issue({ route: 'framework' }, emptyFramework, { facts }).thenRejected(
      'AcceptableOfferNotPresented',
    );
  });

  it('takes a coded reason in place of a request (S3-17)', () => {
    const reason = 'no-provider-for-need';
    issue(spot, [excused('framework', reason)]).thenLike(
      goes('spot', { route: 'framework', reason }),
    );
    issue({ routeReason }, [excused('framework', reason)]).thenLike(
      goes('spot', { route: 'framework', reason }),
    );
  });

  it('may ask a step again', () => {
    issue({ route: 'framework' }, emptyFramework).thenLike(goes('framework'));
  });

  it('asks spot with a reason (S3-11)', () => {
    issue({ route: 'spot' }, emptyFramework).thenRejected('RouteReasonRequired');
    issue(spot, emptyFramework).thenLike({ type: 'RequestIssued', data: { routeReason } });
  });

  it('is the council’s policy (S3-17)', () => {
    const cascade = { ...shippedPolicy.cascade, longTerm: ['spot', 'framework'] as const };
    const policy = { ...shippedPolicy, cascade };
    issue(spot, [], { policy }).thenLike(goes('spot'));
    issue({ route: 'framework' }, [], { policy }).thenRejected('RouteStepNotAsked');
    issue({ route: 'in-house' }, [], { policy }).thenRejected('RouteNotInCascade');
  });

  it('begins anew for a package whose care had started (S3-17)', () => {
    const started = packageDecider.evolve.PackageStarted;
    const state = started(
      { ...packageDecider.initial, routing: { asked: [], excused: { framework: 'no-capacity' } } },
      { packageId, providerId: acorn, startedOn: '2026-03-09', evidence: 'first-visit' },
    );
    expect(state.routing).toEqual({ asked: [], excused: {} });
    expect(confirmedToAcorn.data.requestId).toBe(requestId);
  });
});

describe('The cascade of short-term care', () => {
  const of = { first: shortTerm };

  it('begins in-house, which needs no reason there (S3-17, S4-4)', () => {
    issue({}, [], of).thenLike(goes('in-house'));
  });

  it('asks the framework after the in-house service (S3-17)', () => {
    issue({ route: 'framework' }, [], of).thenRejected('RouteStepNotAsked');
    issue({}, [on('in-house'), closed], of).thenLike(
      goes('framework', { route: 'in-house', requestId }),
    );
    issue({}, [excused('in-house', 'no-capacity')], of).thenLike(
      goes('framework', { route: 'in-house', reason: 'no-capacity' }),
    );
  });
});

describe('The in-house service outside its own short-term work', () => {
  const inHouse = { route: 'in-house' };

  it('is not asked without one of three reasons (S4-4)', () => {
    issue(inHouse, [...emptyFramework, ...emptySpot]).thenRejected('InHouseReasonRequired');
  });

  it('is asked when no independent provider is able, after all were asked (S4-4)', () => {
    const noPvi = excused('in-house', 'no-pvi');
    issue(inHouse, [...emptyFramework, ...emptySpot, noPvi]).thenLike(goes('in-house', {}, {}));
    issue(inHouse, [...emptyFramework, noPvi]).thenRejected('RouteStepNotAsked');
  });

  it.each(['end-of-life', 'crisis'])('is asked at once for %s (S4-4)', (reason) => {
    issue(inHouse, [excused('in-house', reason)]).thenLike(
      goes('in-house', { route: 'in-house', reason }),
    );
  });

  it('opens no other step by its reasons (S4-4)', () => {
    const spot = { route: 'spot', routeReason };
    issue(spot, [excused('in-house', 'crisis')]).thenRejected('RouteStepNotAsked');
  });
});

describe('A way around the cascade', () => {
  const individual = { route: 'individual', routeReason };
  const callOff = (...providerIds: string[]) => ({
    route: 'direct-call-off',
    onlyTo: { providerIds, reason: 'A place at the day club.' },
  });

  it('may be an individual package at any step, with its reason (S3-5)', () => {
    issue(individual).thenLike(goes('individual'));
    issue(individual, emptyFramework).thenLike(goes('individual'));
    issue({ route: 'individual' }).thenRejected('RouteReasonRequired');
  });

  it('may be a call-off from one contracted provider, with its reason (S3-6)', () => {
    issue(callOff(birch)).thenLike({
      type: 'RequestIssued',
      data: {
        ...{ route: 'direct-call-off', routeReason: 'A place at the day club.' },
        invited: [{ providerId: birch }],
      },
    });
    issue(callOff(acorn, birch)).thenRejected('CallOffNamesOneProvider');
    issue({ route: 'direct-call-off', routeReason }).thenRejected('CallOffNamesOneProvider');
    issue(callOff(birch), [], { facts: { eligible: [] } }).thenRejected('ProviderNotEligible');
  });

  it('still waits for the person’s choice after a call-off (S3-6, S1-11)', () => {
    const [called] = issue(callOff(birch)).events() as PackageEvent[];
    const sole: PackageEvent = {
      ...presented,
      data: { ...presented.data, offers: [offerOfBirch] },
    };
    given(referred, called as PackageEvent, sole)
      .when('AwardPackage', { packageId }, { facts: {} })
      .thenRejected('PackageNotAwaitingAward');
  });
});

describe('A step of the cascade', () => {
  const excuse = (
    fields: object,
    of: { events?: readonly PackageEvent[]; first?: PackageEvent; acceptableOffers?: number } = {},
  ) =>
    given(of.first ?? referred, ...(of.events ?? [])).when(
      'ExcuseRouteStep',
      { packageId, evidence: 'Team leader by phone.', ...fields },
      { now: later, facts: { acceptableOffers: of.acceptableOffers ?? 0 } },
    );
  const noPvi = { route: 'in-house', reason: 'no-pvi', reviewOn: '2026-04-02' };

  it('is excused by a coded reason with evidence (S3-17)', () => {
    excuse({ route: 'framework', reason: 'no-capacity' }).then({
      type: 'RouteStepExcused',
      data: {
        ...{ packageId, personId, route: 'framework', reason: 'no-capacity' },
        evidence: 'Team leader by phone.',
      },
    });
  });

  it('takes the reasons that are its own (S4-4)', () => {
    excuse({ route: 'framework', reason: 'crisis' }).thenRejected('InHouseReasonElsewhere');
    excuse({ route: 'in-house', reason: 'no-capacity' }).thenRejected('InHouseReasonRequired');
    excuse({ route: 'in-house', reason: 'no-capacity' }, { first: shortTerm }).thenLike({
      type: 'RouteStepExcused',
    });
    excuse({ route: 'in-house', reason: 'crisis' }, { first: shortTerm }).thenRejected(
      'InHouseReasonElsewhere',
    );
  });

  it('has no one able only after a request closed with no acceptable offer (S4-4)', () => {
    excuse(noPvi).thenRejected('NoRequestWithoutOffer');
    excuse(noPvi, { events: [issued] }).thenRejected('NoRequestWithoutOffer');
    excuse(noPvi, { events: [issued, closed] }).thenLike({ type: 'RouteStepExcused' });
    excuse(noPvi, { events: [issued, closed], acceptableOffers: 1 }).thenRejected(
      'NoRequestWithoutOffer',
    );
    excuse(noPvi, { events: [issued, cancelled] }).thenRejected('NoRequestWithoutOffer');
  });

  it('has a review date for no provider and for a crisis, none for the end of life (S4-4)', () => {
    const { reviewOn, ...without } = noPvi;
    const events = [issued, closed];
    excuse(without, { events }).thenRejected('ReviewDateRequired');
    excuse({ route: 'in-house', reason: 'crisis' }).thenRejected('ReviewDateRequired');
    excuse({ route: 'in-house', reason: 'crisis', reviewOn }).thenLike({
      type: 'RouteStepExcused',
      data: { reviewOn },
    });
    excuse({ route: 'in-house', reason: 'end-of-life' }).thenLike({ type: 'RouteStepExcused' });
  });

  it('is reviewed on a real date, today at the earliest (S4-4)', () => {
    const crisis = { route: 'in-house', reason: 'crisis' };
    excuse({ ...crisis, reviewOn: '2026-03-05' }).thenLike({ type: 'RouteStepExcused' });
    excuse({ ...crisis, reviewOn: '2026-03-04' }).thenRejected('ReviewDatePassed');
    excuse({ ...crisis, reviewOn: '2026-02-30' }).thenRejected('DateDoesNotExist');
  });
});

describe('A request that is called back', () => {
  const cancel = (fields: object, ...events: PackageEvent[]) =>
    given(referred, ...events).when('CancelRequest', { packageId, ...fields }, { now: later });
  const inError = { reason: 'sent-in-error' };

  it('leaves the package waiting for another', () => {
    cancel(inError, issued).then(cancelled);
    issue({ route: 'framework' }, [issued, cancelled]).thenLike({ type: 'RequestIssued' });
  });

  it('may be open, closed or before the person, not awarded', () => {
    cancel(inError, issued, closed).then(cancelled);
    cancel(inError, issued, presented).then(cancelled);
    cancel(inError, issued, presented, choseAcorn).then(cancelled);
    cancel(inError, issued, presented, choseAcorn, awardedToAcorn).thenRejected(
      'RequestNotCancellable',
    );
    cancel(inError).thenRejected('RequestNotCancellable');
    cancel(inError, issued, cancelled).thenRejected('RequestNotCancellable');
  });

  it('says why; another reason with a note', () => {
    cancel({ reason: 'other' }, issued).thenRejected('CancelNoteRequired');
    cancel({ reason: 'other', note: 'The family asks for time.' }, issued).thenLike({
      type: 'RequestCancelled',
      data: { note: 'The family asks for time.' },
    });
  });

  it('is not closed by its deadline any more', () => {
    given(referred, issued, cancelled)
      .when('CloseRequest', { packageId, requestId }, { now: closesAt, facts: { unanswered: [] } })
      .thenNothing();
  });
});

describe('A pack that would tell who the person is', () => {
  it('is not sent, and the refusal names fields, no values (S1-9)', () => {
    const leaking = issue({}, [], { facts: { leaked: ['name', 'address'] } });
    leaking.thenRejected('PackWouldIdentify');
    expect(() => leaking.events()).toThrow(/name, address/);
    issue({}, [], { facts: { leaked: [] } }).thenLike({ type: 'RequestIssued' });
  });

  it('tells the sector only by policy (S1-9)', () => {
    issue({}, [], { facts: { postcodeSector: 'ZZ7 1' } }).thenLike({
      type: 'RequestIssued',
      data: { pack: { postcodeDistrict: 'ZZ7', postcodeSector: 'ZZ7 1' } },
    });
    const [plain] = issue({}).events() as [typeof issued];
    expect(plain.data.pack).not.toHaveProperty('postcodeSector');
  });
});
