import { londonInstant, mondayOf } from '#kernel/time.js';
import type { DatedPaymentTerms } from '#kernel/payment-terms.js';
import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { packageDecider } from '../package/package.decider.js';
import { lastHolder, planSpans } from '../package/package.plan.rules.js';
import type { FeedLife } from '../ecm-evidence/ecm-evidence.events.js';
import { ecmEvidenceDecider } from '../ecm-evidence/ecm-evidence.decider.js';
import { providerContractDecider } from '../provider-contract/provider-contract.decider.js';
import { visitDecider } from './visit.decider.js';
import type { WeekEvidence } from './visit.detect.rules.js';
import type { PackagePlan } from './visit.plan.rules.js';
import type { RecordFeedLogs, RecordMonitoring } from './visit.commands.js';
import type { MonitoredRow } from './visit.monitoring.events.js';
import { addressOf, weekIdOf } from './visit.rules.js';

/** The package that a week is planned for, folded to the end. */
export async function planFacts(
  { packageId, week }: { packageId: string; week: string },
  read: FactReader,
): Promise<{ plan: Fact<PackagePlan> }> {
  const carePackage = await read.folded(packageDecider, `carePackage-${packageId}`);
  return {
    plan: factOf(carePackage, (state) => ({
      personId: state.personId,
      patch: state.needs?.patch ?? '',
      holder: lastHolder(state),
      spans: planSpans(state, week),
    })),
  };
}

/** How the contract of a visit's plan pays: whether a correction moves money depends on it (X11). */
export async function correctFacts(
  { visitId }: { visitId: string },
  read: FactReader,
): Promise<{ terms?: Fact<readonly DatedPaymentTerms[]> }> {
  const { packageId, week, visit } = addressOf(visitId);
  const { state } = await read.folded(visitDecider, `visitWeek-${weekIdOf(packageId, week)}`);
  const contractId = state.visits[visit]?.contractId;
  if (contractId === undefined) return {};
  const contract = await read.folded(providerContractDecider, `providerContract-${contractId}`);
  return { terms: factOf(contract, ({ paymentTerms }) => paymentTerms) };
}

interface Rows {
  readonly rows: readonly Pick<MonitoredRow, 'ref' | 'sequence'>[];
}

/** How the contracts of a week pay, when a row of a file tells of a leg that is recorded (X11). */
export async function monitoringFacts(
  { packageId, week, rows }: Pick<RecordMonitoring, 'packageId' | 'week'> & Rows,
  read: FactReader,
): Promise<Record<string, Fact<readonly DatedPaymentTerms[]>>> {
  const { state } = await read.folded(visitDecider, `visitWeek-${weekIdOf(packageId, week)}`);
  const refs = Object.values(state.visits).flatMap(({ legs }) => legs.map(({ ref }) => ref));
  const known = new Set(refs.filter((ref) => ref !== undefined));
  if (!rows.some(({ ref, sequence }) => sequence && ref !== undefined && known.has(ref))) return {};
  const facts: Record<string, Fact<readonly DatedPaymentTerms[]>> = {};
  for (const contractId of new Set(Object.values(state.visits).map((visit) => visit.contractId))) {
    const contract = await read.folded(providerContractDecider, `providerContract-${contractId}`);
    facts[contractId] = factOf(contract, ({ paymentTerms }) => paymentTerms);
  }
  return facts;
}

/** The same for logs of a feed: any of them may tell a recorded leg anew. */
export const feedFacts = (
  { packageId, week, logs }: Pick<RecordFeedLogs, 'packageId' | 'week' | 'logs'>,
  read: FactReader,
): ReturnType<typeof monitoringFacts> =>
  monitoringFacts({ packageId, week, rows: logs.map(({ ref }) => ({ ref, sequence: 1 })) }, read);

/** What is known of the evidence of each provider that has a visit in the week, by its id. */
export async function evidenceFacts(
  { packageId, week }: { packageId: string; week: string },
  read: FactReader,
): Promise<Record<string, Fact<WeekEvidence>>> {
  const { state } = await read.folded(visitDecider, `visitWeek-${weekIdOf(packageId, week)}`);
  const providers = new Set(Object.values(state.visits).map(({ providerId }) => providerId));
  const facts: Record<string, Fact<WeekEvidence>> = {};
  for (const providerId of providers) {
    const evidence = await read.folded(ecmEvidenceDecider, `ecmEvidence-${providerId}`);
    facts[providerId] = factOf(evidence, ({ feeds, heard, weeks }) => ({
      feeds,
      heard: livesOf(heard, week),
      acceptedAt: weeks[week]?.acceptedAt ?? null,
    }));
  }
  return facts;
}

const livesTold = 60;

/** When a feed was alive from the week's beginning on; the first few tell of its visits. */
const livesOf = (heard: readonly FeedLife[], week: string): readonly FeedLife[] => {
  const from = londonInstant(mondayOf(week), '00:00').instant;
  return heard.filter(({ until }) => until >= from).slice(0, livesTold);
};
