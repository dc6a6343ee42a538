import { deriveId } from '#kernel/ids.js';
import { specFor } from '#kernel/spec-dsl.js';
import { frameworkDecider } from './framework.decider.js';
import type { FrameworkEvent } from './framework.events.js';

const commandId = '01932e1c-0a10-7000-8000-000000000001';
const frameworkId = deriveId(commandId, 'framework');
const lots = [
  { lot: 'lot-1', name: 'Long-term home care' },
  { lot: 'lot-2', name: 'Short-term home care' },
];
const established: FrameworkEvent = {
  type: 'FrameworkEstablished',
  data: {
    frameworkId,
    name: 'Home care 2017',
    startsOn: '2017-10-09',
    endsBefore: '2021-10-09',
    lots,
  },
};
const extended: FrameworkEvent = {
  type: 'FrameworkExtended',
  data: {
    frameworkId,
    endsBefore: '2025-10-13',
    reason: 'The successor starts then.',
  },
};
const { given } = specFor(frameworkDecider);
const terms = {
  commandId,
  name: 'Home care 2017',
  startsOn: '2017-10-09',
  lastDay: '2021-10-08',
  lots,
};

describe('Framework', () => {
  it('is established with its lots, its inclusive last day kept as the next day (S1-5)', () => {
    given().when('EstablishFramework', terms).then(established);
  });

  it('may last a single day but not end before it starts', () => {
    given()
      .when('EstablishFramework', { ...terms, lastDay: '2017-10-09' })
      .thenLike({
        type: 'FrameworkEstablished',
        data: { endsBefore: '2017-10-10' },
      });
    given()
      .when('EstablishFramework', { ...terms, lastDay: '2017-10-08' })
      .thenRejected('FrameworkEndsBeforeItStarts');
  });

  it('is established once, with at least one lot', () => {
    given(established)
      .when('EstablishFramework', terms)
      .thenRejected('FrameworkAlreadyEstablished');
    given()
      .when('EstablishFramework', { ...terms, lots: [] })
      .thenRejected('FrameworkHasNoLots');
  });

  it('has real dates alone', () => {
    given()
      .when('EstablishFramework', { ...terms, startsOn: '2017-02-29' })
      .thenRejected('DateDoesNotExist');
    given()
      .when('EstablishFramework', { ...terms, lastDay: '2021-02-29' })
      .thenRejected('DateDoesNotExist');
    given(established)
      .when('OpenFramework', {
        commandId,
        frameworkId,
        opensOn: '2019-06-31',
        lots: ['lot-1'],
      })
      .thenRejected('DateDoesNotExist');
    given(established)
      .when('ExtendFramework', {
        frameworkId,
        lastDay: '2025-02-29',
        reason: 'No gap.',
      })
      .thenRejected('DateDoesNotExist');
  });
});

describe('An opening of a framework', () => {
  const open = (opensOn: string, offered: string[]) =>
    given(established).when('OpenFramework', {
      commandId,
      frameworkId,
      opensOn,
      lots: offered,
    });

  it('offers all lots (S1-5)', () => {
    open('2017-10-09', ['lot-1', 'lot-2']).then({
      type: 'FrameworkOpened',
      data: {
        frameworkId,
        openingId: deriveId(commandId, 'opening'),
        opensOn: '2017-10-09',
        lots: ['lot-1', 'lot-2'],
      },
    });
  });

  it('may offer Lot 1 only (S1-6)', () => {
    open('2019-06-10', ['lot-1']).thenLike({
      type: 'FrameworkOpened',
      data: { lots: ['lot-1'] },
    });
  });

  it('offers no lot that the framework does not have (S1-6)', () => {
    open('2019-06-10', ['lot-1', 'lot-3']).thenRejected('LotUnknown');
  });

  it('lies between the first and the last day of the framework (S1-5)', () => {
    open('2017-10-08', ['lot-1']).thenRejected('OpeningOutsideFramework');
    open('2021-10-08', ['lot-1']).thenLike({ type: 'FrameworkOpened' });
    open('2021-10-09', ['lot-1']).thenRejected('OpeningOutsideFramework');
  });

  it('may come in the time won by the extension (S1-7)', () => {
    given(established, extended)
      .when('OpenFramework', {
        commandId,
        frameworkId,
        opensOn: '2025-10-12',
        lots: ['lot-1'],
      })
      .thenLike({ type: 'FrameworkOpened' });
  });

  it('needs a framework', () => {
    given()
      .when('OpenFramework', {
        commandId,
        frameworkId,
        opensOn: '2019-06-10',
        lots: ['lot-1'],
      })
      .thenRejected('FrameworkUnknown');
  });
});

describe('The extension of a framework', () => {
  const extend = (lastDay: string, ...events: FrameworkEvent[]) =>
    given(...events).when('ExtendFramework', {
      frameworkId,
      lastDay,
      reason: 'The successor starts then.',
    });

  it('moves the last day to 2025-10-12, so that no gap lies before the successor (S1-7)', () => {
    extend('2025-10-12', established).then(extended);
  });

  it('is later than the end it replaces (S1-7)', () => {
    extend('2021-10-08', established).thenRejected('FrameworkExtensionNotLater');
    extend('2021-10-09', established).thenLike({ type: 'FrameworkExtended' });
  });

  it('happens once (S1-7)', () => {
    extend('2026-10-12', established, extended).thenRejected('FrameworkAlreadyExtended');
  });

  it('needs a framework', () => {
    extend('2025-10-12').thenRejected('FrameworkUnknown');
  });
});
