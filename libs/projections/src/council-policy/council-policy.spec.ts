import type { CouncilPolicyEvent } from '#brokerage/council-policy/council-policy.events.js';
import { commissioner, providerUser } from '../care.fixtures.js';
import { givenEvents } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { councilPolicy } from './council-policy.projection.js';
import { CouncilPolicyReads } from './council-policy.queries.js';

const values = { punctualityToleranceMinutes: { standard: 20, critical: 10 } };
const proposed: CouncilPolicyEvent = {
  type: 'PolicyChangeProposed',
  data: {
    ...{ changeId: 'k1', effectiveOn: '2026-04-01', values, reason: 'tighter' },
    proposedBy: 'commissioner',
  },
};
const approved: CouncilPolicyEvent = {
  type: 'PolicyChangeApproved',
  data: {
    ...{ changeId: 'k1', version: 1, effectiveOn: '2026-04-01', values },
    approvedBy: 'second-commissioner',
  },
};

const policyOn = (on: string, ...events: CouncilPolicyEvent[]) => {
  const spec = givenEvents(councilPolicy).given(...events);
  const { projector } = projectorOver({ 'council-policy': spec });
  return new CouncilPolicyReads(projector).policy(commissioner, on);
};

describe('The council policy', () => {
  it('is what the product ships until a change is approved', () => {
    const policy = policyOn('2026-04-01', proposed);
    expect(policy.version).toBe(0);
    expect(policy.punctualityToleranceMinutes).toEqual({ standard: 30, critical: 15 });
    expect(policy.changes).toMatchObject([{ changeId: 'k1', proposedBy: 'commissioner' }]);
  });

  it('holds from its effective date on', () => {
    expect(policyOn('2026-03-31', proposed, approved).version).toBe(0);
    const policy = policyOn('2026-04-01', proposed, approved);
    expect(policy.version).toBe(1);
    expect(policy.punctualityToleranceMinutes).toEqual({ standard: 20, critical: 10 });
    expect(policy.changes[0]).toMatchObject({ version: 1, approvedBy: 'second-commissioner' });
  });

  it('is shown to council staff alone', () => {
    const spec = givenEvents(councilPolicy).given(proposed);
    expect(spec.rowSeenBy(commissioner, 'changes', 'k1')).toBeDefined();
    expect(spec.rowSeenBy(providerUser, 'changes', 'k1')).toBeUndefined();
  });
});
