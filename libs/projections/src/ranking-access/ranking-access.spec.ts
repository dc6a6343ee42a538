import type { Actor } from '#kernel/actor.js';
import { auditor, broker, commissioner, issued, packageId, requestId } from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { rankingAccess } from './ranking-access.projection.js';

const asked: SpecEvent = {
  type: 'RankingAdviceRequested',
  data: {
    ...{ requestId, packageId, requestedAt: '2026-03-04T09:00:00.000Z', month: '2026-02' },
    requestedBy: { name: 'Ada Fictional', relationship: 'attorney' },
  },
};
const read = (by: string): SpecEvent => ({
  type: 'RankingAdviceRead',
  data: { requestId, by, roles: ['broker'], readAt: '2026-03-04T10:00:00.000Z' },
});
const refused = (count: number, over: object = {}): SpecEvent => ({
  type: 'RefusalRecorded',
  data: {
    subject: { kind: 'request', id: requestId },
    ...{ code: 'RankingNotAskedFor', by: 'broker', roles: ['broker'] },
    ...{ hour: '2026-03-02T09', count, ...over },
  },
});
const accessOf = (viewer: Actor, ...events: SpecEvent[]) =>
  givenEvents(rankingAccess)
    .given(issued(), ...events)
    .reader.get(viewer, 'requests', requestId);

describe('The access to a ranking', () => {
  it('shows that nobody looked, nor asked (S1-13)', () => {
    expect(accessOf(auditor)).toEqual({
      ...{ requestId, packageId, attempts: [], readings: [], readingsCount: 0 },
    });
  });

  it('shows who asked by relationship, never by name (S1-13)', () => {
    const access = accessOf(auditor, asked);
    expect(access?.asked).toMatchObject({ relationship: 'attorney', month: '2026-02' });
    expect(JSON.stringify(access)).not.toContain('Ada');
  });

  it('counts attempts before by person and hour (S1-13)', () => {
    const later = { hour: '2026-03-02T10' };
    const access = accessOf(auditor, refused(1), refused(9), refused(1, later));
    expect(access?.attempts).toMatchObject([{ by: 'broker', count: 10 }, { count: 1 }]);
  });

  it('leaves out other refusals, and those of other requests', () => {
    const other = { subject: { kind: 'request', id: packageId } };
    const access = accessOf(
      auditor,
      refused(1, { code: 'ResponseWindowClosed' }),
      refused(1, other),
    );
    expect(access?.attempts).toEqual([]);
  });

  it('lists readings after, and keeps the last two hundred (S1-13)', () => {
    expect(accessOf(auditor, asked, read('broker'))?.readings).toMatchObject([{ by: 'broker' }]);
    const many = Array.from({ length: 201 }, (_, at) => read(`reader-${at}`));
    const access = accessOf(auditor, asked, ...many);
    expect(access?.readingsCount).toBe(201);
    expect(access?.readings).toHaveLength(200);
    expect(access?.readings[0]).toMatchObject({ by: 'reader-1' });
  });

  it('is for those who oversee, not for brokers (S1-13)', () => {
    expect(accessOf(commissioner)).toBeDefined();
    expect(accessOf(broker)).toBeUndefined();
  });
});
