import type { Actor } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { fold } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { defaultPaymentTerms, type DatedPaymentTerms } from '#kernel/payment-terms.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { Leg, VisitCorrected, VisitCorrectionProposed, VisitEvent } from './visit.events.js';
import {
  acorn,
  afterwards,
  birch,
  broker,
  commandId,
  idOf,
  legOfMonday,
  monday,
  mondayLunch,
  otherBroker,
  packageId,
  personId,
  recorded,
  userOf,
  week,
  weekPlanned,
} from './visit.fixtures.js';

const { given } = specFor(visitDecider);
const correctionId = deriveId(commandId, 'correction');
const attended = [weekPlanned, recorded(legOfMonday)] as const;
interface Circumstances {
  readonly events?: readonly VisitEvent[];
  readonly actor?: Actor;
  readonly toleranceMinutes?: number;
  readonly terms?: readonly DatedPaymentTerms[];
}
const correct = (fields: object, of: Circumstances = {}) =>
  given(...(of.events ?? attended)).when(
    'CorrectVisit',
    { commandId, visitId: idOf(monday), carerLeg: 1, reason: 'Late upload.', ...fields },
    {
      actor: of.actor ?? broker,
      now: afterwards,
      facts: { ...(of.terms && { terms: of.terms }) },
      policy: {
        ...shippedPolicy,
        punctualityToleranceMinutes: { standard: 30, critical: of.toleranceMinutes ?? 15 },
      },
    },
  );
const at = (from: string, to: string) => ({
  loggedInAt: `2026-03-09T${from}Z`,
  loggedOutAt: `2026-03-09T${to}Z`,
});
const directly = { type: 'VisitCorrected' };
const { carerId, inAt, outAt } = legOfMonday;
const was = { carerId, inAt, outAt, providerId: acorn };
const proposed = (...changes: string[]) => ({ type: 'VisitCorrectionProposed', data: { changes } });

describe('A leg of somebody who learns beside the carers', () => {
  const shadow: Leg = { ...legOfMonday, leg: 2, carerId: 'C-8', shadow: true };
  const beside = [weekPlanned, recorded(legOfMonday, shadow)] as const;

  it('is marked, and taken back, with a second person’s approval (S2-11, X11)', () => {
    const marked = { changes: ['shadow'], shadow: true, method: 'app' };
    correct({ shadow: true }).thenLike({ type: 'VisitCorrectionProposed', data: marked });
    const [back] = correct({ shadow: false, carerLeg: 2 }, { events: beside }).events();
    expect(back).toMatchObject({ type: 'VisitCorrectionProposed', data: { changes: ['shadow'] } });
    expect(back?.data).not.toHaveProperty('shadow');
  });

  it('is not marked twice (S2-11)', () => {
    correct({ shadow: true, carerLeg: 2 }, { events: beside }).thenRejected('NothingCorrected');
    correct({ shadow: false }).thenRejected('NothingCorrected');
  });

  it('is corrected at once, and stays one: it changes neither pay nor KPIs (S2-11, X11)', () => {
    const later = correct({ carerLeg: 2, ...at('08:40:00', '09:50:00') }, { events: beside });
    later.thenLike({ type: 'VisitCorrected', data: { shadow: true } });
  });
});

describe('A correction that changes no outcome', () => {
  it('takes effect at once, with author and reason (X11)', () => {
    correct(at('08:06', '08:36')).then({
      type: 'VisitCorrected',
      data: {
        ...{ packageId, personId, week, correctionId, visit: monday, leg: 1, carerId: 'C-7' },
        ...{ inAt: '2026-03-09T08:06:00.000Z', outAt: '2026-03-09T08:36:00.000Z' },
        ...{ voided: false, reason: 'Late upload.', correctedBy: 'broker-1' },
        was,
      },
    });
  });

  it('may be made by the provider of the visit, and no other (S2-3)', () => {
    correct(at('08:06', '08:36'), { actor: userOf(acorn) }).thenLike(directly);
    correct(at('08:06', '08:36'), { actor: userOf(birch) }).thenRejected('VisitOfAnotherProvider');
  });

  it('leaves what it does not name as it was (X11)', () => {
    correct({ loggedOutAt: '2026-03-09T08:36Z' }).thenLike({
      type: 'VisitCorrected',
      data: { inAt: legOfMonday.inAt, outAt: '2026-03-09T08:36:00.000Z', carerId: 'C-7' },
    });
  });

  it('is none when it changes nothing at all (X11)', () => {
    correct({}).thenRejected('NothingCorrected');
    correct(at('08:05', '08:35')).thenRejected('NothingCorrected');
  });
});

describe('A correction that changes an outcome', () => {
  it('of the paid band is proposed to a second person (X11)', () => {
    correct(at('08:05', '08:31')).thenLike(directly); // 26 minutes pay 30, as 30 do
    correct(at('08:05', '08:30:59')).thenLike(proposed('band')); // 25 minutes pay 15
    correct(at('08:05', '08:45')).thenLike(directly); // 40 pay 30
    correct(at('08:05', '08:46')).thenLike(proposed('band')); // 41 pay 45
  });

  it('of what the contract pays is proposed, whatever the usual bands are (X11, S2-16)', () => {
    const of = (basis: 'actual-minutes' | 'planned') => ({
      terms: [{ ...defaultPaymentTerms, basis, effectiveOn: '2026-03-09' }],
    });
    const sameBand = at('08:05', '08:36');
    correct(sameBand, of('actual-minutes')).thenLike(proposed('band'));
    correct(at('08:05', '08:35:59'), of('actual-minutes')).thenLike(directly);
    correct(at('08:05', '08:46'), of('planned')).thenLike(directly);
    const later = [
      { ...defaultPaymentTerms, basis: 'actual-minutes', effectiveOn: '2026-03-10' },
    ] as const;
    correct(sameBand, { terms: later }).thenLike(directly);
    const hours = { kind: 'table', bands: [{ upToMinutes: null, paidMinutes: 60 }] } as const;
    const table = [{ ...defaultPaymentTerms, bands: hours, effectiveOn: '2026-03-09' }];
    correct(at('08:05', '08:46'), { terms: table }).thenLike(directly);
  });

  it('of punctuality is proposed to a second person (X11)', () => {
    correct(at('08:15:59', '08:45:59')).thenLike(directly);
    correct(at('08:16', '08:46')).thenLike(proposed('punctuality'));
  });

  it('is judged by the tolerance of the policy in force (S2-10)', () => {
    correct(at('08:16', '08:46'), { toleranceMinutes: 16 }).thenLike(directly);
    correct(at('08:06', '08:36'), { toleranceMinutes: 5 }).thenLike(proposed('punctuality'));
  });

  it('is judged by the wider tolerance of a visit that is not critical (S2-9)', () => {
    const lunch = {
      ...{ ...legOfMonday, visit: mondayLunch },
      ...{ inAt: '2026-03-09T12:30:00.000Z', outAt: '2026-03-09T13:00:00.000Z' },
    };
    const of = { events: [weekPlanned, recorded(lunch)] };
    const visitId = idOf(mondayLunch);
    correct({ visitId, ...at('13:00:59', '13:30:59') }, of).thenLike(directly);
    correct({ visitId, ...at('13:01', '13:31') }, of).thenLike(proposed('punctuality'));
  });

  it('of the carer is proposed, because continuity counts carers (X11)', () => {
    correct({ carerRef: 'C-8' }).thenLike(proposed('continuity'));
    correct({ carerRef: 'C-8', ...at('08:16', '08:30') }).thenLike(
      proposed('punctuality', 'band', 'continuity'),
    );
  });

  it('that adds a missing log-out is proposed, because it pays (X11)', () => {
    const open = [weekPlanned, recorded({ ...legOfMonday, outAt: null })];
    correct({ loggedOutAt: '2026-03-09T08:35Z' }, { events: open }).thenLike(proposed('band'));
    correct({ loggedInAt: '2026-03-09T08:06Z' }, { events: open }).thenLike(directly);
  });

  it('that voids the leg is always proposed (X11)', () => {
    correct({ void: true }).thenLike({
      type: 'VisitCorrectionProposed',
      data: { voided: true, changes: ['attendance'] },
    });
    correct({ void: false }).thenRejected('NothingCorrected');
  });

  it('changes nothing until it is approved (X11)', () => {
    const events = correct({ void: true }).events() as VisitEvent[];
    expect(fold(visitDecider, [...attended, ...events]).visits[monday]?.legs).toEqual([
      legOfMonday,
    ]);
  });
});

describe('A log that was entered by hand', () => {
  const byHand = [weekPlanned, recorded({ ...legOfMonday, method: 'manual' })];

  it('is given its reason by a correction, once (X12)', () => {
    const said = correct({ manualReason: 'no-signal' }, { events: byHand });
    said.thenLike({ type: 'VisitCorrected', data: { manualReason: 'no-signal' } });
    const events = [...byHand, ...(said.events() as VisitEvent[])];
    const [leg] = fold(visitDecider, events).visits[monday]?.legs ?? [];
    expect(leg).toMatchObject({ method: 'manual', manualReason: 'no-signal' });
    correct({ manualReason: 'no-signal' }, { events }).thenRejected('NothingCorrected');
  });
});

describe('The approval of a correction', () => {
  const [proposal] = correct({ void: true }).events() as [VisitCorrectionProposed];
  const approve = (actor: Actor, ...events: readonly VisitEvent[]) =>
    given(...events).when(
      'ApproveVisitCorrection',
      { visitId: idOf(monday), correctionId },
      { actor },
    );
  const approved: VisitCorrected = {
    type: 'VisitCorrected',
    data: {
      ...{ packageId, personId, week, correctionId, visit: monday, leg: 1, carerId: 'C-7' },
      ...{ inAt: legOfMonday.inAt, outAt: legOfMonday.outAt, voided: true },
      ...{ reason: 'Late upload.', correctedBy: 'broker-1', approvedBy: 'broker-2' },
      was,
      unattended: {
        ...{ on: '2026-03-09', startsAt: '2026-03-09T08:00:00.000Z' },
        ...{ critical: true, providerId: acorn },
      },
    },
  };

  it('is a second person’s (X11)', () => {
    approve(otherBroker, ...attended, proposal).then(approved);
    approve(broker, ...attended, proposal).thenRejected('CorrectionApproverIsAuthor');
  });

  it('is refused to the author in any role (X11)', () => {
    const promoted = { id: broker.id, roles: ['senior-broker', 'quality-officer'] } as const;
    approve(promoted, ...attended, proposal).thenRejected('CorrectionApproverIsAuthor');
  });

  it('of a void leaves the visit unattended only where no other carer came (S2-13)', () => {
    const second = recorded({ ...legOfMonday, leg: 2, carerId: 'C-8' });
    const [event] = approve(otherBroker, ...attended, second, proposal).events();
    expect(event?.data).not.toHaveProperty('unattended');
    expect(event?.data).toMatchObject({ voided: true, was });
  });

  it('comes once, to a correction that waits for it (X11)', () => {
    approve(otherBroker, ...attended).thenRejected('CorrectionUnknown');
    approve(otherBroker, ...attended, proposal, approved).thenRejected('CorrectionUnknown');
  });

  it('makes the corrected leg the one that counts, or none when voided (X11)', () => {
    const legsAfter = (...events: VisitEvent[]) =>
      fold(visitDecider, [...attended, ...events]).visits[monday]?.legs;
    const moved = correct(at('08:06', '08:36')).events() as VisitEvent[];
    expect(legsAfter(...moved)).toEqual([
      {
        ...legOfMonday,
        ...{ inAt: '2026-03-09T08:06:00.000Z', outAt: '2026-03-09T08:36:00.000Z' },
      },
    ]);
    expect(legsAfter(proposal, approved)).toEqual([]);
  });
});

describe('A correction', () => {
  it('is of a recorded leg of a planned visit (X11)', () => {
    correct({ carerLeg: 2, ...at('08:06', '08:36') }).thenRejected('LegNotRecorded');
    correct({ visitId: idOf(mondayLunch), ...at('12:31', '13:00') }).thenRejected('LegNotRecorded');
    correct(at('08:06', '08:36'), { events: [] }).thenRejected('VisitNotPlanned');
  });

  it('keeps to the order, the past and the nearness of a log (X11)', () => {
    correct(at('08:06', '08:06')).thenRejected('LogOutBeforeLogIn');
    correct({ loggedOutAt: '2026-03-16T09:00:00.001Z' }).thenRejected('LogInFuture');
    correct({ loggedInAt: '2026-03-08T07:59Z' }).thenRejected('LogFarFromVisit');
    correct({ loggedInAt: '2026-03-09T08:66Z' }).thenRejected('TimeUnreadable');
  });
});
