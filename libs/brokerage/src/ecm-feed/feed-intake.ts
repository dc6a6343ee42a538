import { createHash } from 'node:crypto';
import { deriveId, isUuid } from '#kernel/ids.js';
import { Rejection, type Violation } from '#kernel/rejection.js';
import { isoWeekOf } from '#kernel/time.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { packagesByWeek, type PersonPackages } from '../ecm-import/ecm.packages.js';
import { packageDecider } from '../package/package.decider.js';
import type { RecordFeedLogs } from '../visit/visit.commands.js';
import type { FeedLog } from '../visit/visit.feed.events.js';
import { ecmFeedRules } from './ecm-feed.rules.js';
import { readFeedBody, type FeedEntry } from './feed-body.js';
import { deliveryIdOf } from './feed-delivery.slice.js';

/** A verified request of a provider's feed. */
export interface FeedRequest {
  readonly providerId: string;
  readonly webhookId: string;
  readonly body: string;
}

/** What became of a request; it was durable before this was answered. */
export interface FeedReceipt {
  readonly deliveryId: string;
  readonly events: number;
}

interface WeekLogs {
  readonly packageId: string;
  readonly personId: string;
  readonly week: string;
  readonly logs: FeedLog[];
}

/** Takes the logs of a request: all of them or, with every error named, none. */
export class FeedIntake {
  constructor(private readonly commands: Commands) {}

  async take(request: FeedRequest, correlationId: string): Promise<FeedReceipt> {
    const { providerId, webhookId, body } = request;
    const deliveryId = deliveryIdOf(providerId, webhookId);
    const by: Submission = { actor: feedActor(providerId), correlationId };
    const entries = readFeedBody(body);
    if (entries.length > 0) await this.record(entries, { ...request, deliveryId, by });
    // Last, so that no visit is found missed by a sign whose own log is still on its way.
    const signal = { commandId: deriveId(deliveryId, 'signal', this.commands.now()), providerId };
    await this.commands.executeNamed('SignalFeed', signal, by);
    return { deliveryId, events: entries.length };
  }

  private async record(
    entries: readonly FeedEntry[],
    { providerId, deliveryId, body, by }: FeedRequest & { deliveryId: string; by: Submission },
  ): Promise<void> {
    const contentHash = createHash('sha256').update(body).digest('hex');
    const commandId = deriveId(deliveryId, 'receive', contentHash);
    const receive = { commandId, deliveryId, providerId, contentHash, logs: entries.length };
    await this.commands.rehearse('ReceiveFeedDelivery', receive, by);
    const weeks = await this.weeksOf(entries, providerId);
    const commands = weeks.map((week): RecordFeedLogs => ({
      ...{ ...week, providerId, deliveryId },
      commandId: deriveId(deliveryId, week.packageId, week.week),
    }));
    await this.ensureAllTaken(commands, by);
    await this.commands.executeNamed('ReceiveFeedDelivery', receive, by);
    await Promise.all(
      commands.map((command) => this.commands.executeNamed('RecordFeedLogs', command, by)),
    );
  }

  /** A log that would be refused refuses its request before anything of it is recorded. */
  private async ensureAllTaken(commands: readonly RecordFeedLogs[], by: Submission): Promise<void> {
    const violations: Violation[] = [];
    for (const command of commands) {
      try {
        await this.commands.rehearse('RecordFeedLogs', command, by);
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        violations.push(...error.violations);
      }
    }
    refuse(violations);
  }

  private async weeksOf(
    entries: readonly FeedEntry[],
    providerId: string,
  ): Promise<readonly WeekLogs[]> {
    const refs = [...new Set(entries.flatMap(({ personRef }) => personRef ?? []))];
    const { value } = await this.commands.reader.list<PersonPackages>('packagesOfPeople', { refs });
    const weeks = new Map<string, WeekLogs>();
    const violations: Violation[] = [];
    for (const [index, entry] of entries.entries()) {
      const found = await this.packageOf(entry, value, providerId);
      if ('code' in found) violations.push({ ...found, path: `events.${index}.${found.path}` });
      else {
        const week = isoWeekOf(entry.log.on);
        const key = `${found.packageId}/${week}`;
        const known = weeks.get(key) ?? { ...found, week, logs: [] };
        known.logs.push(entry.log);
        weeks.set(key, known);
      }
    }
    refuse(violations);
    return [...weeks.values()];
  }

  private async packageOf(
    { personRef, packageRef, log }: FeedEntry,
    packages: PersonPackages,
    providerId: string,
  ): Promise<{ readonly packageId: string; readonly personId: string } | Violation> {
    if (personRef === undefined) return this.packageNamed(packageRef ?? '');
    const row = { row: 0, leg: log.leg, on: log.on, status: 'delivered' as const };
    const rows = [{ personRef, packageRef, row }];
    const { weeks, problems } = packagesByWeek(rows, packages, providerId);
    const [problem] = problems;
    if (problem) return { code: problem.code, path: problem.column, message: problem.reason };
    const [{ packageId = '', personId = '' } = {}] = weeks;
    return { packageId, personId };
  }

  private async packageNamed(
    packageId: string,
  ): Promise<{ readonly packageId: string; readonly personId: string } | Violation> {
    const unknown = { code: 'FeedPackageUnknown', message: ecmFeedRules.FeedPackageUnknown };
    if (!isUuid(packageId)) return { ...unknown, path: 'packageRef' };
    const stream = `carePackage-${packageId}`;
    const { state } = await this.commands.reader.folded(packageDecider, stream);
    const { personId } = state;
    return personId ? { packageId, personId } : { ...unknown, path: 'packageRef' };
  }
}

function refuse([first, ...others]: readonly Violation[]): void {
  if (first) throw new Rejection([first, ...others]);
}

/** Who a feed's requests are by: nobody in person, the provider that signed them. */
export const feedActor = (providerId: string) => ({
  ...{ id: `feed-of-${providerId}`, roles: ['provider' as const], organisation: providerId },
});
