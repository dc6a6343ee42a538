import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { personId, providerId } from '../service-user/service-user.fixtures.js';
import { identityReadDecider, type Readable } from './identity-read.decider.js';

const { given } = specFor(identityReadDecider);
const commandId = '01932e1c-0a10-7000-8000-000000000004';
const broker: Actor = { id: 'broker', roles: ['broker'] };
const userOfProvider: Actor = { id: 'u', roles: ['provider'], organisation: providerId };
const known: Readable = { known: true, releases: [], recorded: true, erased: false };
const release = { packageId: 'p', providerId, releasedAt: '2026-01-05T09:00:00.000Z' };

const read = (actor: Actor, people: readonly Readable[], now = '2026-03-02T09:00:00.000Z') =>
  given().when(
    'ReadIdentity',
    { commandId, personIds: people.map(() => personId), purpose: 'arranging-care' },
    { actor, facts: { people }, now },
  );

describe('Reading who people are', () => {
  it('is recorded as one event for all of them, with who, for what and when', () => {
    read(broker, [known, known]).then({
      type: 'IdentityRead',
      data: {
        ...{ personIds: [personId, personId], purpose: 'arranging-care', by: 'broker' },
        ...{ roles: ['broker'], readAt: '2026-03-02T09:00:00.000Z' },
      },
    });
  });

  it('is refused as a whole where one of them may not be read (S3-4)', () => {
    read(broker, [known, { ...known, known: false }]).thenRejected('ServiceUserUnknown');
  });

  it('is of someone: not of nobody, not before it is recorded, not once erased (X29)', () => {
    read(broker, []).thenRejected('NobodyToRead');
    read(broker, [{ ...known, recorded: false }]).thenRejected('IdentityNotRecorded');
    read(broker, [{ ...known, recorded: false, erased: true }]).thenRejected('PersonIsErased');
  });

  describe('by a provider', () => {
    const released = (over: object = {}): Readable => ({
      ...{ ...known, known: false },
      releases: [{ ...release, ...over }],
    });

    it('needs a release to it (S1-9)', () => {
      read(userOfProvider, [released()]).thenLike({ type: 'IdentityRead' });
      read(userOfProvider, [{ ...known, known: false }]).thenRejected('IdentityNotReleased');
      read(userOfProvider, [known]).thenRejected('IdentityNotReleased');
      read(userOfProvider, [released({ providerId: 'other' })]).thenRejected('IdentityNotReleased');
    });

    it('is told no more of an erased person than of one it never cared for (X29)', () => {
      read(userOfProvider, [{ ...known, erased: true }]).thenRejected('IdentityNotReleased');
    });

    it('ends 28 days after its care (S1-9)', () => {
      const ended = released({ endsBefore: '2026-02-02', afterCare: true });
      read(userOfProvider, [ended], '2026-03-01T23:59:59.999Z').thenLike({ type: 'IdentityRead' });
      read(userOfProvider, [ended], '2026-03-02T00:00:00.000Z').thenRejected('IdentityNotReleased');
    });

    it('ends at once where its care never began (S1-9)', () => {
      const reversed = released({ endsBefore: '2026-03-02', afterCare: false });
      read(userOfProvider, [reversed], '2026-03-01T12:00:00.000Z').thenLike({
        type: 'IdentityRead',
      });
      read(userOfProvider, [reversed], '2026-03-02T12:00:00.000Z').thenRejected(
        'IdentityNotReleased',
      );
    });
  });
});
