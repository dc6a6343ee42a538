import type { Actor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { specFor } from '#kernel/spec-dsl.js';
import { documentDecider, interestDecider, interestIdOf } from './document.decider.js';

const commandId = '01932e1c-0a10-7000-8000-000000000020';
const targetId = '01932e1c-0000-7000-8000-00000000f001';
const providerId = '01932e1c-0000-7000-8000-00000000a001';
const commissioner: Actor = { id: 'commissioner-1', roles: ['commissioner'] };
const provider: Actor = { id: 'user-1', roles: ['provider'], organisation: providerId };
const now = '2026-03-02T09:00:00.000Z';
const target = { target: 'framework', targetId };

describe('A document', () => {
  const document = {
    ...{ ...target, kind: 'tender', title: 'Invitation to tender', visibility: 'public' },
    ...{ sha256: 'ab'.repeat(32), mediaType: 'application/pdf', bytes: 1_024 },
  };
  const attached = {
    type: 'DocumentAttached',
    data: {
      ...{ documentId: deriveId(commandId, 'document'), ...document },
      ...{ attachedBy: 'commissioner-1', attachedAt: now },
    },
  };
  const attach = (known: boolean, ...events: (typeof attached)[]) =>
    specFor(documentDecider)
      .given(...events)
      .when(
        'AttachDocument',
        { commandId, ...document },
        { actor: commissioner, facts: { target: { known } } },
      );

  it('is attached with its hash, media type, who and when (S2-22)', () => {
    attach(true).then(attached);
  });

  it('is of a contract or framework that exists, and once (S2-22)', () => {
    attach(false).thenRejected('DocumentTargetUnknown');
    attach(true, attached).thenRejected('DocumentAlreadyAttached');
  });
});

describe('An expression of interest', () => {
  const expressed = (expressedBy: string) => ({
    type: 'InterestExpressed',
    data: {
      ...{ interestId: interestIdOf(targetId, providerId), ...target, providerId },
      ...{ expressedBy, expressedAt: now },
    },
  });
  const express = (actor: Actor, fields: object, { known = true, of = true } = {}) =>
    specFor(interestDecider)
      .given()
      .when(
        'ExpressInterest',
        { commandId, ...target, ...fields },
        { actor, facts: { target: { known: of }, provider: { known } } },
      );

  it('is a provider’s own, or recorded for one (S1-3)', () => {
    express(provider, {}).then(expressed('user-1'));
    express(provider, { providerId: targetId }).thenRejected('InterestOfAnotherProvider');
    express(commissioner, { providerId }).then(expressed('commissioner-1'));
    express(commissioner, {}).thenRejected('InterestedProviderRequired');
  });

  it('is in what exists, of who is registered (S1-3)', () => {
    express(provider, {}, { of: false }).thenRejected('DocumentTargetUnknown');
    express(commissioner, { providerId }, { known: false }).thenRejected('ProviderUnknown');
  });

  it('is expressed once; again it changes nothing (S1-3)', () => {
    specFor(interestDecider)
      .given(expressed('user-1'))
      .when(
        'ExpressInterest',
        { commandId, ...target },
        { actor: provider, facts: { target: { known: true }, provider: { known: true } } },
      )
      .thenNothing();
  });
});
