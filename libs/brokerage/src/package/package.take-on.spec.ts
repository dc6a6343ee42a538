import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  awarded,
  awardedToAcorn,
  birch,
  commandId,
  contractOf,
  issued,
  needs,
  packageId,
  personId,
  reference,
  referred,
  takenOn,
} from './package.fixtures.js';

const { given } = specFor(packageDecider);

describe('A package taken on from the system before', () => {
  const contract = {
    ...{ known: true, providerId: acorn, type: 'framework', startsOn: '2025-10-13' },
    weeklyCostPence: 21_500,
  };
  const takeOn = (fields: object, known: object = {}, ...events: PackageEvent[]) =>
    given(...events).when(
      'TakeOnPackage',
      {
        ...{ commandId, reference, needs, providerId: acorn, contractId: contractOf(acorn) },
        ...{ startedOn: '2025-11-03', ...fields },
      },
      { facts: { contract: { ...contract, ...known } } },
    );

  it('is live at once, without a request and never as an award (X30)', () => {
    takeOn({}).then(takenOn);
  });

  it('names a contract of its own provider (X30)', () => {
    takeOn({}, { known: false }).thenRejected('ContractUnknown');
    takeOn({ providerId: birch }).thenRejected('ContractOfAnotherProvider');
  });

  it('started on or after the first day of its contract (X30)', () => {
    takeOn({ startedOn: '2025-10-12' }).thenRejected('StartBeforeContract');
    takeOn({ startedOn: '2025-10-13' }).thenLike({ type: 'PackageTakenOn' });
    takeOn({ startedOn: '2025-11-31' }).thenRejected('DateDoesNotExist');
  });

  it('has a complete schedule, and is taken on once (X1)', () => {
    takeOn({ needs: { ...needs, schedule: [] } }).thenRejected('ScheduleMissing');
    takeOn({}, {}, takenOn).thenRejected('PackageAlreadyReferred');
  });
});

describe('The withdrawal of a referral', () => {
  const withdraw = (...events: readonly PackageEvent[]) =>
    given(...events).when('WithdrawReferral', { packageId, reason: 'Family will care.' });

  it('is possible until the award (S2-20)', () => {
    const withdrawn = {
      type: 'ReferralWithdrawn',
      data: { packageId, personId, reason: 'Family will care.' },
    };
    withdraw(referred).then(withdrawn);
    withdraw(referred, issued).then(withdrawn);
    withdraw(...awarded).thenRejected('CareAlreadyAwarded');
    withdraw(referred, awardedToAcorn).thenRejected('CareAlreadyAwarded');
  });

  it('comes once, of a package that exists', () => {
    const withdrawn = withdraw(referred).events() as PackageEvent[];
    withdraw(referred, ...withdrawn).thenRejected('PackageIsOver');
    withdraw().thenRejected('PackageUnknown');
  });
});

describe('A direct payment', () => {
  const take = (fromOn: string, ...events: readonly PackageEvent[]) =>
    given(...events).when('TakeDirectPayment', { packageId, fromOn });
  const taken = {
    type: 'DirectPaymentTaken',
    data: { packageId, personId, contractIds: [], fromOn: '2026-04-01' },
  };

  it('is an exit from any stage (S3-8)', () => {
    take('2026-04-01', referred).then(taken);
    take('2026-04-01', referred, issued).then(taken);
    const ofContract = { ...taken, data: { ...taken.data, contractIds: [contractOf(acorn)] } };
    take('2026-04-01', ...awarded).then(ofContract);
    take('2026-04-01', takenOn).then(ofContract);
  });

  it('is no exit from a package that is over, and has a real date (S3-8)', () => {
    const direct = take('2026-04-01', referred).events() as PackageEvent[];
    take('2026-05-01', referred, ...direct).thenRejected('PackageIsOver');
    take('2026-04-31', referred).thenRejected('DateDoesNotExist');
    take('2026-04-01').thenRejected('PackageUnknown');
  });
});
