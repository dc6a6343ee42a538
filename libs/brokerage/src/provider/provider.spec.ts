import { deriveId } from '#kernel/ids.js';
import { specFor } from '#kernel/spec-dsl.js';
import { providerDecider } from './provider.decider.js';
import type { ProviderEvent } from './provider.events.js';
import { comparedName, plainName, suspends } from './provider.rules.js';

const commandId = '01932e1c-0a10-7000-8000-000000000002';
const providerId = deriveId(commandId, 'provider');
const suspensionId = deriveId(commandId, 'suspension');
const reason = 'Safeguarding enquiry.';
const registered: ProviderEvent = {
  type: 'ProviderRegistered',
  data: {
    providerId,
    legalName: 'Acorn Home Care Ltd',
    tradingNames: ['Acorn'],
    cqcProviderId: '1-101234567',
    cqcLocationIds: ['1-201234567'],
  },
};
const suspended: ProviderEvent = {
  type: 'ProviderSuspended',
  data: {
    providerId,
    suspensionId,
    lots: ['lot-1'],
    reason,
    fromOn: '2026-03-02',
  },
};
const lifted: ProviderEvent = {
  type: 'ProviderSuspensionLifted',
  data: { providerId, suspensionId, fromOn: '2026-04-01', reason },
};
const { given } = specFor(providerDecider);

describe('A provider’s name', () => {
  it('is kept without non-breaking spaces and doubled blanks (S1-4)', () => {
    expect(plainName('\u00a0Acorn\u00a0Home  Care\u202fLtd ')).toBe('Acorn Home Care Ltd');
  });

  it('is compared without case and kinds of blanks (S1-4)', () => {
    expect(comparedName('ACORN\u00a0Home Care  Ltd')).toBe(comparedName('Acorn Home Care Ltd'));
  });

  it('is never equal by similarity (S1-4)', () => {
    expect(comparedName('Acorn Homecare Ltd')).not.toBe(comparedName('Acorn Home Care Ltd'));
    expect(comparedName('Acorn Home Care Limited')).not.toBe(comparedName('Acorn Home Care Ltd'));
  });
});

describe('Provider', () => {
  const names = {
    commandId,
    legalName: 'Acorn\u00a0Home  Care Ltd ',
    tradingNames: ['\u00a0Acorn'],
    cqcProviderId: '1-101234567',
    cqcLocationIds: ['1-201234567'],
  };

  it('is registered under plain names with its CQC ids (S1-4)', () => {
    given().when('RegisterProvider', names).then(registered);
  });

  it('may be registered with names that are its own, each once (S1-4)', () => {
    const named = (...aliases: string[]) => given().when('RegisterProvider', { ...names, aliases });
    named('AHC\u00a0North').then(registered, {
      type: 'ProviderAliasAdded',
      data: { providerId, alias: 'AHC North' },
    });
    named('ACORN').thenRejected('AliasKnown');
    named('Acorn Home Care Ltd').thenRejected('AliasKnown');
    named('AHC', 'ahc').thenRejected('AliasKnown');
  });

  it('is registered once', () => {
    given(registered).when('RegisterProvider', names).thenRejected('ProviderAlreadyRegistered');
  });

  it('has a legal name of more than blanks', () => {
    given()
      .when('RegisterProvider', { ...names, legalName: ' \u00a0' })
      .thenRejected('ProviderNameMissing');
  });

  const alias = (name: string, ...events: ProviderEvent[]) =>
    given(...events).when('AddProviderAlias', { providerId, alias: name });

  it('is known by further names (S1-4)', () => {
    alias('Acorn\u00a0Care', registered).then({
      type: 'ProviderAliasAdded',
      data: { providerId, alias: 'Acorn Care' },
    });
  });

  it('is not given a name twice, its legal, trading and alias names compared alike (S1-4)', () => {
    alias('ACORN HOME\u00a0CARE LTD', registered).thenRejected('AliasKnown');
    alias('acorn', registered).thenRejected('AliasKnown');
    const added = alias('Acorn Care', registered).events() as ProviderEvent[];
    alias('ACORN  care', registered, ...added).thenRejected('AliasKnown');
    alias('Acorn Cares', registered, ...added).thenLike({
      type: 'ProviderAliasAdded',
    });
  });

  it('is registered before anything else', () => {
    alias('Acorn').thenRejected('ProviderUnknown');
    given()
      .when('SuspendProvider', {
        commandId,
        providerId,
        reason,
        fromOn: '2026-03-02',
      })
      .thenRejected('ProviderUnknown');
  });
});

describe('A suspension of a provider', () => {
  it('keeps it from some lots or, with none named, from all new work (X7)', () => {
    given(registered)
      .when('SuspendProvider', {
        ...{ commandId, providerId, reason, fromOn: '2026-03-02' },
        lots: ['lot-1'],
      })
      .then(suspended);
    given(registered)
      .when('SuspendProvider', {
        commandId,
        providerId,
        reason,
        fromOn: '2026-03-02',
      })
      .thenLike({ type: 'ProviderSuspended', data: { lots: [] } });
  });

  const lift = (fromOn: string, ...events: ProviderEvent[]) =>
    given(...events).when('LiftSuspension', {
      providerId,
      suspensionId,
      fromOn,
      reason,
    });

  it('is lifted from its first day on at the earliest (X7)', () => {
    lift('2026-03-02', registered, suspended).thenLike({
      type: 'ProviderSuspensionLifted',
    });
    lift('2026-03-01', registered, suspended).thenRejected('SuspensionLiftedBeforeItStarts');
  });

  it('is lifted once (X7)', () => {
    lift('2026-04-01', registered, suspended).then(lifted);
    lift('2026-05-01', registered, suspended, lifted).thenRejected('SuspensionAlreadyLifted');
  });

  it('exists before it is lifted (X7)', () => {
    lift('2026-04-01', registered).thenRejected('SuspensionUnknown');
  });

  it('has real dates alone', () => {
    given(registered)
      .when('SuspendProvider', {
        commandId,
        providerId,
        reason,
        fromOn: '2026-02-29',
      })
      .thenRejected('DateDoesNotExist');
    lift('2026-04-31', registered, suspended).thenRejected('DateDoesNotExist');
  });

  const ofLotOne = {
    lots: ['lot-1'],
    fromOn: '2026-03-02',
    liftedOn: '2026-04-01',
  };

  it('holds from its first day to the day before it is lifted (X7)', () => {
    expect(suspends(ofLotOne, 'lot-1', '2026-03-01')).toBe(false);
    expect(suspends(ofLotOne, 'lot-1', '2026-03-02')).toBe(true);
    expect(suspends(ofLotOne, 'lot-1', '2026-03-31')).toBe(true);
    expect(suspends(ofLotOne, 'lot-1', '2026-04-01')).toBe(false);
  });

  it('holds without end until it is lifted (X7)', () => {
    expect(suspends({ ...ofLotOne, liftedOn: null }, 'lot-1', '2036-01-01')).toBe(true);
  });

  it('holds for its lots alone, or for every lot when it names none (X7)', () => {
    expect(suspends(ofLotOne, 'lot-2', '2026-03-02')).toBe(false);
    expect(suspends(ofLotOne, null, '2026-03-02')).toBe(false);
    expect(suspends({ ...ofLotOne, lots: [] }, 'lot-2', '2026-03-02')).toBe(true);
    expect(suspends({ ...ofLotOne, lots: [] }, null, '2026-03-02')).toBe(true);
  });
});
