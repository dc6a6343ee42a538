import type { Viewer } from '#kernel/actor.js';
import { LiveChanges, PendingChanges, type RowChange } from '../projector/live-changes.js';
import type { Hint } from './hint.js';
import { LiveHints } from './live-hints.js';

interface Row {
  readonly owner: string;
  readonly secret: string;
}

const larkspur: Viewer = { id: 'u-1', roles: ['provider'], organisation: 'larkspur' };
const oakmoor: Viewer = { id: 'u-2', roles: ['provider'], organisation: 'oakmoor' };
const visibleTo = (row: Row, { organisation }: Viewer) => row.owner === organisation;

describe('Hints', () => {
  let changes: LiveChanges;
  let rows: Map<string, Row>;
  let live: LiveHints;
  let pending: PendingChanges;

  beforeEach(() => {
    changes = new LiveChanges();
    pending = new PendingChanges();
    rows = new Map();
    live = new LiveHints(changes, (viewer, _projection, _table, keys) =>
      keys.map((key) => {
        const row = rows.get(key);
        return row && visibleTo(row, viewer) ? row : undefined;
      }),
    );
  });

  const change = (position: number, key: string, owner: string, removed = false): RowChange => {
    const row: Row = { owner, secret: 'Mrs Smith' };
    if (removed) rows.delete(key);
    else rows.set(key, row);
    return {
      ...{ live: { list: 'packages' as const }, projection: 'package', table: 'packages' },
      ...{ key, position, row, removed, visibleTo: visibleTo as never },
    };
  };

  const tell = (upTo: number, ...changed: RowChange[]) => {
    pending.add(changed);
    changes.tell(upTo, [pending]);
  };

  const heard = (viewer: Viewer) => {
    const said: (Hint | 'reset')[] = [];
    live.listen({
      viewer,
      hints: (hints) => said.push(...hints),
      reset: () => said.push('reset'),
    });
    return said;
  };

  const hint = (position: number, key: string) => ({ list: 'packages', key, position });

  it('go to those alone who may see the row now, and carry no data', () => {
    const [own, others] = [heard(larkspur), heard(oakmoor)];
    tell(7, change(6, 'a', 'larkspur'), change(7, 'b', 'oakmoor'));
    expect(own).toEqual([hint(6, 'a')]);
    expect(others).toEqual([hint(7, 'b')]);
    expect(JSON.stringify([own, others])).not.toContain('Smith');
  });

  it('tell of a row that is gone to those who could see it last', () => {
    const [own, others] = [heard(larkspur), heard(oakmoor)];
    tell(5, change(5, 'a', 'larkspur', true));
    expect([own, others]).toEqual([[hint(5, 'a')], []]);
  });

  it('tell of a row once a page, at its last position', () => {
    const own = heard(larkspur);
    tell(9, change(6, 'a', 'larkspur'), change(7, 'b', 'larkspur'), change(9, 'a', 'larkspur'));
    expect(own).toEqual([hint(7, 'b'), hint(9, 'a')]);
  });

  it('stand in the order of the log, whichever read model told them', () => {
    const own = heard(larkspur);
    const other = new PendingChanges();
    pending.add([change(8, 'b', 'larkspur')]);
    other.add([change(6, 'a', 'larkspur')]);
    changes.tell(8, [pending, other]);
    expect(own).toEqual([hint(6, 'a'), hint(8, 'b')]);
  });

  it('that come late, from a read model that stood still, are a reset', () => {
    const own = heard(larkspur);
    tell(8);
    tell(9, change(8, 'a', 'larkspur'));
    expect(own).toEqual(['reset']);
    tell(10, change(10, 'a', 'larkspur'));
    expect(own).toEqual(['reset', hint(10, 'a')]);
  });

  it('of more than ten thousand rows at once are a reset', () => {
    const own = heard(larkspur);
    const many = (count: number, upTo: number) =>
      Array.from({ length: count }, (_, index) => change(upTo, `r-${index}`, 'larkspur'));
    tell(1, ...many(10_000, 1));
    expect(own).toHaveLength(10_000);
    tell(2, ...many(10_001, 2));
    expect(own.slice(10_000)).toEqual(['reset']);
  });

  it('end when the listener leaves', () => {
    const said: unknown[] = [];
    const leave = live.listen({
      viewer: larkspur,
      hints: (hints) => said.push(...hints),
      reset: () => undefined,
    });
    leave();
    tell(1, change(1, 'a', 'larkspur'));
    expect(said).toEqual([]);
  });

  describe('for who comes back', () => {
    it('are those after its position, of rows that it may see now', () => {
      tell(3, change(2, 'a', 'larkspur'), change(3, 'b', 'larkspur'));
      tell(5, change(4, 'c', 'larkspur'), change(5, 'd', 'larkspur', true));
      expect(live.missed(larkspur, 2)).toEqual([hint(3, 'b'), hint(4, 'c'), hint(5, 'd')]);
      expect(live.missed(oakmoor, 2)).toEqual([]);
      rows.set('c', { owner: 'oakmoor', secret: '' });
      expect(live.missed(larkspur, 3)).toEqual([hint(5, 'd')]);
      expect(live.missed(oakmoor, 3)).toEqual([hint(4, 'c')]);
    });

    it('reach ten thousand positions back and not one further', () => {
      tell(1, change(1, 'a', 'larkspur'));
      tell(11_000, change(11_000, 'b', 'larkspur'));
      expect(live.missed(larkspur, 1_000)).toEqual([hint(11_000, 'b')]);
      expect(live.missed(larkspur, 999)).toBeUndefined();
    });

    it('are not known of the time before this process, nor of the future', () => {
      changes.reset(50);
      expect(live.missed(larkspur, 50)).toEqual([]);
      expect(live.missed(larkspur, 49)).toBeUndefined();
      expect(live.missed(larkspur, 51)).toBeUndefined();
      expect(live.missed(larkspur, -1)).toBeUndefined();
    });

    it('are five hundred rows at most', () => {
      const many = Array.from({ length: 501 }, (_, index) =>
        change(index + 1, `r-${index}`, 'larkspur'),
      );
      tell(501, ...many);
      expect(live.missed(larkspur, 1)).toHaveLength(500);
      expect(live.missed(larkspur, 0)).toBeUndefined();
    });
  });
});
