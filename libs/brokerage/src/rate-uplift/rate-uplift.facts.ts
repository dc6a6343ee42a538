import type { CivilDate } from '#kernel/time.js';
import type { FactReader } from '#platform/commands/slice.js';
import type { ContractType } from '../provider-contract/provider-contract.events.js';
import type { ProposeRateUplift } from './rate-uplift.commands.js';
import { rateUpliftDecider } from './rate-uplift.decider.js';
import { previewHashOf, upliftOf, type UpliftCandidate } from './rate-uplift.rules.js';

/** What the list `upliftCandidates` is asked for. */
export interface UpliftQuestion {
  readonly on: CivilDate;
  readonly contractIds?: readonly string[] | undefined;
  readonly type?: ContractType | undefined;
  readonly frameworkId?: string | undefined;
  readonly providerId?: string | undefined;
}

const candidatesFor = (read: FactReader, question: UpliftQuestion) =>
  read.list<readonly UpliftCandidate[]>('upliftCandidates', question);

/** The contracts asked for, with their prices and live care. */
export async function proposeFacts(
  { contracts, effectiveOn }: ProposeRateUplift,
  read: FactReader,
) {
  const { contractIds, type, frameworkId, providerId } = contracts;
  const asked = { contractIds, type, frameworkId, providerId, on: effectiveOn };
  return { candidates: await candidatesFor(read, asked) };
}

/** What the same contracts and prices would hash to now. */
export async function approveFacts({ upliftId }: { upliftId: string }, read: FactReader) {
  const { state } = await read.folded(rateUpliftDecider, `rateUplift-${upliftId}`);
  if (!state.uplift) return { preview: { value: { hash: '' } } };
  const { effectiveOn: on } = state.uplift;
  const contractIds = state.uplift.contracts.map(({ contractId }) => contractId);
  const { value, ...from } = await candidatesFor(read, { on, contractIds });
  const { contracts } = upliftOf(value, state.uplift);
  return { preview: { value: { hash: previewHashOf(on, contracts) }, ...from } };
}
