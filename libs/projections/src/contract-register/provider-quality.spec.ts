import type { ProviderEvent } from '#brokerage/provider/provider.events.js';
import { broker, commissioner, providerId } from '../care.fixtures.js';
import { givenEvents } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { contractRegister } from './contract-register.projection.js';
import { ContractRegisterReads } from './contract-register.queries.js';

const other = '01932e1c-0a00-7000-8000-00000000b0f3';
const registered = (id: string, legalName: string): ProviderEvent => ({
  type: 'ProviderRegistered',
  data: { providerId: id, legalName, tradingNames: [], cqcLocationIds: [] },
});
const assessed: ProviderEvent = {
  type: 'QualityAssessmentRecorded',
  data: {
    ...{ providerId, assessmentId: 'a1', rating: 'good', assessedOn: '2025-03-02' },
    ...{ nextDueOn: '2026-03-02', assessedBy: 'quality-officer' },
  },
};
const qualityOn = (overdueOn: string, ...events: readonly ProviderEvent[]) => {
  const folded = givenEvents(contractRegister).given(...events);
  const { projector } = projectorOver({ 'contract-register': folded });
  const { edges } = new ContractRegisterReads(projector).quality(
    commissioner,
    { overdueOn },
    { first: 10 },
  );
  return edges.map(({ node }) => node.providerId);
};

describe('The list of overdue quality assessments', () => {
  const both = [registered(providerId, 'Acorn Care'), registered(other, 'Birch Care'), assessed];

  it('shows a provider from the day after its assessment was due, not on the day (S2-8)', () => {
    expect(qualityOn('2026-03-02', ...both)).not.toContain(providerId);
    expect(qualityOn('2026-03-03', ...both)).toContain(providerId);
  });

  it('shows a provider that was never assessed (S2-8)', () => {
    expect(qualityOn('2026-03-02', ...both)).toEqual([other]);
  });

  it('is not for brokers, who would compare by it (S2-8, S1-13)', () => {
    const folded = givenEvents(contractRegister).given(...both);
    expect(folded.rowSeenBy(broker, 'quality', providerId)).toBeUndefined();
    expect(folded.rowSeenBy(commissioner, 'quality', providerId)).toBeDefined();
  });
});
