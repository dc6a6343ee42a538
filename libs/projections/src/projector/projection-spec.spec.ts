import { hasRole } from '#kernel/actor.js';
import { integer, text } from './columns.js';
import { defineProjection, table } from './definition.js';
import { givenEvents } from './projection-spec.js';

type Deposited = { type: 'Deposited'; data: { account: string; pence: number } };
type Closed = { type: 'Closed'; data: { account: string } };
interface AccountRow {
  readonly account: string;
  readonly pence: number;
}

const accounts = defineProjection<Deposited | Closed>()({
  name: 'accounts',
  version: 1,
  tables: {
    account: table<AccountRow>()({
      columns: { account: text((row) => row.account), pence: integer((row) => row.pence) },
      visibleTo: (_, viewer) => hasRole(viewer, 'finance'),
      contributions: (row) => [{ key: 'all', counts: { pence: row.pence } }],
      memberships: (row) => [{ set: 'holders', members: [row.account] }],
    }),
  },
  on: {
    Deposited({ data, tables }) {
      if (data.pence < 0) throw new Error('a negative deposit');
      tables.account.change(data.account, (row) => ({
        account: data.account,
        pence: (row?.pence ?? 0) + data.pence,
      }));
    },
    Closed: ({ data, tables }) => tables.account.change(data.account, () => undefined),
  },
});

const deposited = (account: string, pence: number): Deposited => ({
  type: 'Deposited',
  data: { account, pence },
});
const closed = (account: string): Closed => ({ type: 'Closed', data: { account } });

describe('the words of projection specs', () => {
  it('show rows after the given events', () => {
    givenEvents(accounts)
      .given(deposited('a', 100), deposited('a', 50))
      .row('account', 'a')
      .is({ account: 'a', pence: 150 })
      .row('account', 'b')
      .isAbsent();
  });

  it('go on from what was given before', () => {
    givenEvents(accounts)
      .given(deposited('a', 100))
      .row('account', 'a')
      .isLike({ pence: 100 })
      .given(closed('a'))
      .row('account', 'a')
      .isAbsent();
  });

  it('show counters and sets, and none for what adds up to nothing', () => {
    givenEvents(accounts)
      .given(deposited('a', 100), deposited('b', 1))
      .counter('all')
      .is({ pence: 101 })
      .set('holders')
      .is({ distinct: 2, total: 2, counts: {} })
      .recountAgrees()
      .given(closed('a'), closed('b'))
      .counter('all')
      .isAbsent()
      .set('holders')
      .isAbsent();
  });

  it('fail when a row is another one', () => {
    const given = givenEvents(accounts).given(deposited('a', 100));
    expect(() => given.row('account', 'a').is({ account: 'a', pence: 99 })).toThrow();
    expect(() => given.row('account', 'a').isAbsent()).toThrow();
    expect(() => given.row('account', 'b').isLike({ pence: 1 })).toThrow();
    expect(() => given.counter('all').is({ pence: 99 })).toThrow();
  });

  it('throw what a handler throws', () => {
    const given = givenEvents(accounts).given(deposited('a', 100));
    expect(() => given.given(deposited('a', -1))).toThrow('Deposited at 2: a negative deposit');
  });

  it('read as queries do, for a viewer', () => {
    const { reader } = givenEvents(accounts).given(deposited('a', 100));
    const finance = { id: 'f', roles: ['finance'] as const };
    expect(reader.get(finance, 'account', 'a')).toEqual({ account: 'a', pence: 100 });
    expect(reader.get({ id: 'b', roles: ['broker'] }, 'account', 'a')).toBeUndefined();
    expect(reader.asOf()).toEqual({ position: 1, at: '2026-03-02T09:00:00.000Z' });
  });
});
