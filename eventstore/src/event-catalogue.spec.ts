import { CatalogueMistaken, EventCatalogue, upcast, VersionUnknown } from './event-catalogue.js';

const steps = {
  1: ({ minutes }: { minutes: number }) => ({ durationMinutes: minutes }),
  2: (old: { durationMinutes: number }) => ({ ...old, carers: 1 }),
};

describe('The event catalogue', () => {
  it('knows the current version from the steps that lead to it', () => {
    const catalogue = new EventCatalogue([
      { upcasters: { events: { VisitDone: steps }, commands: { DoVisit: { 1: steps[1] } } } },
      { personal: { events: { NoteTaken: ['note'] } } },
    ]);
    expect(catalogue.event('VisitDone').version).toBe(3);
    expect(catalogue.command('DoVisit').version).toBe(2);
    expect(catalogue.event('NoteTaken').version).toBe(1);
    expect(catalogue.event('Unheard').version).toBe(1);
  });

  it('brings every older version to the current one', () => {
    const type = new EventCatalogue([{ upcasters: { events: { VisitDone: steps } } }]).event(
      'VisitDone',
    );
    const current = { durationMinutes: 30, carers: 1 };
    expect(upcast('VisitDone', type, 1, { minutes: 30 })).toEqual(current);
    expect(upcast('VisitDone', type, 2, { durationMinutes: 30 })).toEqual(current);
    expect(upcast('VisitDone', type, 3, current)).toBe(current);
  });

  it('refuses a version of later software', () => {
    const type = new EventCatalogue([]).event('VisitDone');
    expect(upcast('VisitDone', type, 1, {})).toEqual({});
    expect(() => upcast('VisitDone', type, 2, {})).toThrow(VersionUnknown);
  });

  it('refuses steps with a gap', () => {
    const gap = { events: { VisitDone: { 2: steps[2] } } };
    expect(() => new EventCatalogue([{ upcasters: gap }])).toThrow(CatalogueMistaken);
  });

  it('refuses two declarations of one type', () => {
    const slice = { personal: { events: { NoteTaken: ['note'] } } };
    expect(() => new EventCatalogue([slice, slice])).toThrow(CatalogueMistaken);
  });

  it('keeps marks and steps of one type together', () => {
    const catalogue = new EventCatalogue([
      {
        personal: { events: { VisitDone: { subject: 'who.id', fields: ['note', 'legs[].note'] } } },
        upcasters: { events: { VisitDone: steps } },
      },
    ]);
    expect(catalogue.event('VisitDone')).toMatchObject({
      version: 3,
      subject: ['who', 'id'],
      personal: [['note'], ['legs', '[]', 'note']],
    });
  });
});
