import { specFor } from '#kernel/spec-dsl.js';
import type { FrameworkTerms } from './admission.rules.js';
import { providerContractDecider } from './provider-contract.decider.js';
import {
  commandId,
  contractId,
  framework,
  frameworkContract,
  frameworkId,
  inHouseArrangement,
  openingOfAllLots,
  openingOfLotOne,
  providerId,
  spotContract,
} from './provider-contract.fixtures.js';

const { given } = specFor(providerContractDecider);

const openContract = (
  terms: object,
  { known = true, of = framework }: { known?: boolean; of?: FrameworkTerms | null } = {},
) =>
  given().when(
    'OpenContract',
    { commandId, providerId, startsOn: '2017-10-09', ...terms },
    { facts: { provider: { known }, framework: of } },
  );

describe('A framework contract', () => {
  const type = 'framework';

  it('is opened for a provider under a framework, city-wide unless it names patches (S3-11)', () => {
    openContract({ type, frameworkId }).then(frameworkContract);
    openContract({ type, frameworkId, patches: ['north'] }).thenLike({
      type: 'ContractOpened',
      data: { patches: ['north'] },
    });
  });

  it('names a framework that exists (S3-11)', () => {
    openContract({ type }).thenRejected('FrameworkRequired');
    openContract({ type, frameworkId }, { of: { ...framework, known: false } }).thenRejected(
      'FrameworkUnknown',
    );
  });

  it('names no last day of its own: it ends with its framework (S1-7)', () => {
    openContract({ type, frameworkId, lastDay: '2020-10-08' }).thenRejected(
      'FrameworkContractNamesLastDay',
    );
  });

  it('starts while the framework is in force, its last day included (S1-7)', () => {
    openContract({ type, frameworkId, startsOn: '2017-10-08' }).thenRejected(
      'ContractOutsideFramework',
    );
    openContract({ type, frameworkId, startsOn: '2021-10-08' }).thenLike({
      type: 'ContractOpened',
    });
    openContract({ type, frameworkId, startsOn: '2021-10-09' }).thenRejected(
      'ContractOutsideFramework',
    );
  });

  it('is opened for a registered provider alone, and once', () => {
    openContract({ type, frameworkId }, { known: false }).thenRejected('ProviderUnknown');
    given(frameworkContract)
      .when(
        'OpenContract',
        { commandId, providerId, type, frameworkId, startsOn: '2017-10-09' },
        { facts: { provider: { known: true }, framework } },
      )
      .thenRejected('ContractAlreadyOpen');
  });
});

describe('A contract of another type', () => {
  const without = { of: null };
  const spotReason = 'No framework provider could start in time.';

  it('names no framework (S3-11)', () => {
    openContract({ type: 'spot', spotReason, frameworkId }).thenRejected('FrameworkNotAllowed');
  });

  it('needs a reason when it is spot (S3-11)', () => {
    const terms = {
      ...{
        type: 'spot',
        startsOn: '2026-01-01',
        lastDay: '2026-12-31',
        patches: ['north'],
      },
    };
    openContract({ ...terms, spotReason }, without).then(spotContract);
    openContract(terms, without).thenRejected('SpotReasonRequired');
  });

  it('states a capacity when it is in-house (S3-11)', () => {
    const terms = { type: 'in-house', startsOn: '2026-01-01' };
    openContract({ ...terms, capacityWeeklyMinutes: 12_000 }, without).then(inHouseArrangement);
    openContract(terms, without).thenRejected('CapacityRequired');
  });

  it('may last one day and has real dates', () => {
    const spot = { type: 'spot', spotReason, startsOn: '2026-01-02' };
    openContract({ ...spot, lastDay: '2026-01-02' }, without).thenLike({
      type: 'ContractOpened',
      data: { endsBefore: '2026-01-03' },
    });
    openContract({ ...spot, lastDay: '2026-01-01' }, without).thenRejected(
      'ContractEndsBeforeItStarts',
    );
    openContract({ ...spot, lastDay: '2026-02-30' }, without).thenRejected('DateDoesNotExist');
    openContract({ ...spot, startsOn: '2026-02-30' }, without).thenRejected('DateDoesNotExist');
  });
});

describe('An admission to lots', () => {
  const admission = {
    ...{ contractId, openingId: openingOfAllLots },
    ...{ lots: ['lot-1'], admittedOn: '2017-10-09' },
  };
  const admit = (
    fields: object,
    of: FrameworkTerms | null = framework,
    events = [frameworkContract],
  ) =>
    given(...events).when('AdmitToLots', { ...admission, ...fields }, { facts: { framework: of } });

  it('names an opening and lots that it offered (S1-5)', () => {
    admit({ lots: ['lot-1', 'lot-2'] }).then({
      type: 'ContractAdmitted',
      data: {
        ...{ contractId, providerId, frameworkId, openingId: openingOfAllLots },
        ...{ lots: ['lot-1', 'lot-2'], admittedOn: '2017-10-09' },
      },
    });
    admit({ openingId: '01932e1c-0000-7000-8000-000000002099' }).thenRejected('OpeningUnknown');
  });

  it('at a Lot 1 opening is to Lot 1 only (S1-6)', () => {
    const reopened = { openingId: openingOfLotOne, admittedOn: '2019-06-10' };
    admit({ ...reopened, lots: ['lot-1'] }).thenLike({
      type: 'ContractAdmitted',
    });
    admit({ ...reopened, lots: ['lot-1', 'lot-2'] }).thenRejected('LotNotOffered');
    admit({ ...reopened, lots: ['lot-2'] }).thenRejected('LotNotOffered');
  });

  it('starts no earlier than its opening (S1-5)', () => {
    admit({
      openingId: openingOfLotOne,
      admittedOn: '2019-06-09',
    }).thenRejected('AdmittedBeforeOpening');
    admit({ openingId: openingOfLotOne, admittedOn: '2019-06-10' }).thenLike({
      type: 'ContractAdmitted',
    });
  });

  it('starts by the last day of the framework, with its extension (S1-7)', () => {
    admit({ admittedOn: '2021-10-08' }).thenLike({ type: 'ContractAdmitted' });
    admit({ admittedOn: '2021-10-09' }).thenRejected('AdmissionOutsideContract');
    const extended = { ...framework, endsBefore: '2025-10-13' };
    admit({ admittedOn: '2025-10-12' }, extended).thenLike({
      type: 'ContractAdmitted',
    });
    admit({ admittedOn: '2025-10-13' }, extended).thenRejected('AdmissionOutsideContract');
  });

  it('may be made as the contract is opened, by the same rules (S1-5, S1-6)', () => {
    const type = 'framework';
    const { openingId, lots, admittedOn } = admission;
    const open = (changed: object) =>
      openContract({
        ...{ type, frameworkId },
        admissions: [{ openingId, lots, admittedOn, ...changed }],
      });
    open({}).then(frameworkContract, {
      type: 'ContractAdmitted',
      data: { contractId, providerId, frameworkId, openingId, lots, admittedOn },
    });
    open({ openingId: openingOfLotOne }).thenRejected('AdmittedBeforeOpening');
    open({ openingId: openingOfLotOne, admittedOn: '2019-06-10' }).thenLike(
      { type: 'ContractOpened' },
      { type: 'ContractAdmitted' },
    );
    open({ lots: ['lot-3'] }).thenRejected('LotNotOffered');
    openContract({
      ...{ type: 'spot', spotReason: 'Urgent.' },
      admissions: [{ openingId, lots, admittedOn }],
    }).thenRejected('NotAFrameworkContract');
  });

  it('is for framework contracts alone (S1-5)', () => {
    admit({ admittedOn: '2026-02-01' }, null, [spotContract]).thenRejected('NotAFrameworkContract');
    admit({}, null, []).thenRejected('ContractUnknown');
  });

  it('has a real date', () => {
    admit({ admittedOn: '2019-02-29' }).thenRejected('DateDoesNotExist');
  });
});
