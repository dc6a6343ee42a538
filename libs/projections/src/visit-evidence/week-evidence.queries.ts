import { systemActor } from '#kernel/actor.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { addDays, addMinutes, type Instant, type IsoWeek } from '#kernel/time.js';
import { evidenceDue } from '#brokerage/visit/visit.detect.rules.js';
import { visitIdOf } from '#brokerage/visit/visit.rules.js';
import { asOf } from '#platform/graphql/paging.view.js';
import type { Projector } from '../read-side.js';
import { visitEvidence } from './visit-evidence.projection.js';
import type { ProviderWeekEvidence, VisitWithoutEvidence } from './week-evidence.view.js';

interface Wanted {
  readonly providerId: string;
  readonly week: IsoWeek;
  readonly now: Instant;
  readonly policy: CouncilPolicy;
}

/** What a provider's feeds and files leave open of a week; whoever asks was found entitled. */
export class WeekEvidenceReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(visitEvidence);
  }

  weekOf({ providerId, week, now, policy }: Wanted): ProviderWeekEvidence {
    const { reader } = this;
    const { feeds = [], heard = [] } = reader.get(systemActor, 'feeds', providerId) ?? {};
    const last = heard.at(-1);
    const file = reader.get(systemActor, 'accepted', `${providerId}/${week}`);
    const evidence = { feeds, heard, acceptedAt: file?.acceptedAt ?? null };
    const rows = reader.select(systemActor, 'weeks', {
      filter: { holder: [`${week}/${providerId}`, `${week}/*`] },
    });
    const grace = policy.missedGraceMinutes;
    const withoutEvidence = rows.flatMap(({ packageId, open }) =>
      Object.entries(open).flatMap(([visit, each]): VisitWithoutEvidence[] => {
        const { on, startsAt, critical, excused, detected } = each;
        const told = excused || detected || evidenceDue(each, evidence, policy) !== null;
        const passedAt = addMinutes(startsAt, grace[critical ? 'critical' : 'standard']);
        if (each.providerId !== providerId || told || passedAt > now) return [];
        return [{ visitId: visitIdOf(packageId, visit), packageId, on, startsAt, critical }];
      }),
    );
    return {
      ...{ providerId, week, asOf: asOf(reader.asOf()) },
      feeds: feeds.map(({ liveFrom, endsBefore }) => ({
        liveFrom,
        ...(endsBefore !== null && { lastDay: addDays(endsBefore, -1) }),
      })),
      ...(last && { feedHeardAt: last.until }),
      ...(file && { fileAcceptedAt: file.acceptedAt }),
      withoutEvidence: withoutEvidence.toSorted(byStart),
    };
  }
}

const byStart = (a: VisitWithoutEvidence, b: VisitWithoutEvidence): number =>
  a.startsAt === b.startsAt ? (a.visitId < b.visitId ? -1 : 1) : a.startsAt < b.startsAt ? -1 : 1;
