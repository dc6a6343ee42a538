import { shippedPolicy } from './council-policy.js';
import type { Context, Decider, Event } from './decider.js';
import { ruleBook, type Ensure } from './rejection.js';
import { specFor } from './spec-dsl.js';

const rules = { LampIsOn: 'The lamp is on already.' };
const ensure: Ensure<keyof typeof rules> = ruleBook(rules);

type Lit = Event<'LampLit', { at: string; by: string }>;
type Commands = {
  Light: Record<string, never>;
  LightIfDark: Record<string, never>;
  Break: Record<string, never>;
};

const lit = (_: object, { now, actor }: Context): Lit => ({
  type: 'LampLit',
  data: { at: now, by: actor.id },
});
const lamp: Decider<{ readonly on: boolean }, Commands, Lit> = {
  initial: { on: false },
  decide: {
    Light: (state, command, context) => {
      ensure(!state.on, 'LampIsOn');
      return [lit(command, context)];
    },
    LightIfDark: (state, command, context) => (state.on ? [] : [lit(command, context)]),
    Break: () => {
      throw new TypeError('the lamp fell');
    },
  },
  evolve: { LampLit: () => ({ on: true }) },
};

const { given } = specFor(lamp);
const wasLit: Lit = { type: 'LampLit', data: { at: '2026-03-01T00:00:00.000Z', by: 'broker-2' } };
const isLit: Lit = { type: 'LampLit', data: { at: '2026-03-02T09:00:00.000Z', by: 'broker-1' } };

describe('The words of a decider spec', () => {
  it('accept the events that were decided and no others', () => {
    given().when('Light', {}).then(isLit);
    expect(() => given().when('Light', {}).then(wasLit)).toThrow();
    expect(() => given().when('Light', {}).then(isLit, isLit)).toThrow();
    expect(() => given().when('Light', {}).then()).toThrow();
  });

  it('accept a part of an event’s data where only that is said', () => {
    given()
      .when('Light', {})
      .thenLike({ type: 'LampLit', data: { by: 'broker-1' } });
    given().when('Light', {}).thenLike({ type: 'LampLit' });
    expect(() =>
      given()
        .when('Light', {})
        .thenLike({ type: 'LampLit', data: { by: 'x' } }),
    ).toThrow();
    expect(() => given().when('Light', {}).thenLike()).toThrow();
  });

  it('fold what was given before deciding', () => {
    given(wasLit).when('LightIfDark', {}).thenNothing();
    expect(() => given().when('LightIfDark', {}).thenNothing()).toThrow();
  });

  it('accept a refusal by exactly its codes', () => {
    given(wasLit).when('Light', {}).thenRejected('LampIsOn');
    expect(() => given(wasLit).when('Light', {}).thenRejected('LampIsOff')).toThrow();
    expect(() => given(wasLit).when('Light', {}).thenRejected('LampIsOn', 'LampIsOff')).toThrow();
    expect(() => given().when('Light', {}).thenRejected('LampIsOn')).toThrow(
      /expected LampIsOn but got/,
    );
  });

  it('do not take a refusal for events, nor for nothing', () => {
    const refused = given(wasLit).when('Light', {});
    expect(() => refused.then(isLit)).toThrow(rules.LampIsOn);
    expect(() => refused.thenNothing()).toThrow(rules.LampIsOn);
    expect(() => refused.thenLike()).toThrow(rules.LampIsOn);
    expect(() => refused.events()).toThrow(rules.LampIsOn);
  });

  it('do not take a crash for a refusal', () => {
    expect(() => given().when('Break', {})).toThrow(TypeError);
  });

  it('refuse a command that the decider does not know', () => {
    expect(() => given().when('Dim', {})).toThrow('the decider has no command Dim');
  });

  it('hand the events on', () => {
    given(...given().when('Light', {}).events())
      .when('Light', {})
      .thenRejected('LampIsOn');
  });

  it('let a spec vary the circumstances and keep plain ones otherwise', () => {
    let seen: Context | undefined;
    const watching = {
      ...lamp,
      decide: {
        Light: (_: unknown, __: unknown, context: Context) => {
          seen = context;
          return [];
        },
      },
    };
    specFor(watching).given().when('Light', {}).thenNothing();
    expect(seen).toMatchObject({ facts: {}, policy: shippedPolicy, rules: 1 });
    expect(seen?.entropy).toMatch(/^[0-9a-f]{32}$/);
    const circumstances = {
      now: '2026-06-01T00:00:00.000Z',
      actor: { id: 'quality-1', roles: ['quality-officer' as const] },
      facts: { open: true },
      policy: { ...shippedPolicy, version: 7 },
      entropy: 'ff'.repeat(16),
    };
    specFor(watching).given().when('Light', {}, circumstances).thenNothing();
    expect(seen).toMatchObject(circumstances);
  });
});
