import type { Actor } from './actor.js';
import { shippedPolicy, type CouncilPolicy } from './council-policy.js';
import { currentRules, fold, type AnyDecider, type Event } from './decider.js';
import { Rejection } from './rejection.js';

/** What a spec may vary of the context; the rest is a plain default. */
export interface Circumstances {
  readonly now?: string;
  readonly actor?: Actor;
  readonly facts?: unknown;
  readonly policy?: CouncilPolicy;
  readonly entropy?: string;
}

type Outcome = { readonly events: readonly Event[] } | { readonly rejection: Rejection };

/** `specFor(decider).given(events).when('Command', fields, circumstances).then(events)`. */
export const specFor = (decider: AnyDecider) => ({
  given: (...events: readonly Event[]) => ({
    when: (name: string, command: object, circumstances: Circumstances = {}) => {
      const outcome = decideAgainst(decider, events, name, command, circumstances);
      return {
        then: (...expected: readonly Event[]) => {
          expectEqual(eventsOf(outcome), expected);
        },
        thenNothing: () => {
          expectEqual(eventsOf(outcome), []);
        },
        /** Each expected event's data need only be a part of the event's. */
        thenLike: (...expected: readonly { type: string; data?: object }[]) => {
          expect(eventsOf(outcome)).toMatchObject(expected);
        },
        thenRejected: (...codes: readonly string[]) => {
          if (!('rejection' in outcome)) {
            throw new Error(
              `expected ${codes.join(', ')} but got ${JSON.stringify(outcome.events)}`,
            );
          }
          expectEqual(
            outcome.rejection.violations.map((violation) => violation.code),
            codes,
          );
        },
        /** The events themselves, to go on from. */
        events: () => eventsOf(outcome),
      };
    },
  }),
});

function decideAgainst(
  decider: AnyDecider,
  events: readonly Event[],
  name: string,
  command: object,
  circumstances: Circumstances,
): Outcome {
  const decide = decider.decide[name];
  if (!decide) throw new Error(`the decider has no command ${name}`);
  try {
    const context = {
      now: circumstances.now ?? '2026-03-02T09:00:00.000Z',
      actor: circumstances.actor ?? { id: 'broker-1', roles: ['broker'] },
      facts: circumstances.facts ?? {},
      policy: circumstances.policy ?? shippedPolicy,
      entropy: circumstances.entropy ?? '00112233445566778899aabbccddeeff',
      rules: currentRules,
    };
    return { events: decide(fold(decider, events), command, context) as Event[] };
  } catch (error) {
    if (error instanceof Rejection) return { rejection: error };
    throw error;
  }
}

function eventsOf(outcome: Outcome): readonly Event[] {
  if ('rejection' in outcome) throw outcome.rejection;
  return outcome.events;
}

const expectEqual = (actual: unknown, expected: unknown): void => {
  expect(actual).toEqual(expected);
};
