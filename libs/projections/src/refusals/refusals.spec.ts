import type { Actor } from '#kernel/actor.js';
import { auditor, broker, commissioner, requestId } from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { refusals } from './refusals.projection.js';

const refused = (count: number, over: object = {}): SpecEvent => ({
  type: 'RefusalRecorded',
  data: {
    subject: { kind: 'request', id: requestId },
    ...{ code: 'RankingNotAskedFor', by: 'broker', roles: ['broker'] },
    ...{ hour: '2026-03-02T09', count },
    ...over,
  },
});
const seen = (viewer: Actor, ...events: SpecEvent[]) =>
  givenEvents(refusals)
    .given(...events)
    .reader.select(viewer, 'refusals');

describe('The list of refusals', () => {
  it('counts those of one person, thing, code and hour together (S1-13)', () => {
    const [line, ...others] = seen(auditor, refused(1), refused(9));
    expect(line).toMatchObject({ count: 10, firstAt: '2026-03-02T09:00:00.000Z' });
    expect(line?.lastAt).toBe('2026-03-02T09:01:00.000Z');
    expect(others).toEqual([]);
  });

  it.each([{ by: 'other' }, { code: 'ResponseWindowClosed' }, { hour: '2026-03-02T10' }])(
    'keeps %p apart',
    (over) => {
      expect(seen(auditor, refused(1), refused(1, over))).toHaveLength(2);
    },
  );

  it('is for those who oversee, never for those who were refused (S1-13)', () => {
    expect(seen(commissioner, refused(1))).toHaveLength(1);
    expect(seen(broker, refused(1))).toEqual([]);
  });
});
