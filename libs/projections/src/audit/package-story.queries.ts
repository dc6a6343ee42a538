import type { EventStore, Position } from '#eventstore/event-store.js';
import type { Viewer } from '#kernel/actor.js';
import {
  addDays,
  civilDateOf,
  isoWeekOf,
  localTimeOf,
  londonInstant,
  mondayOf,
  type CivilDate,
  type Instant,
} from '#kernel/time.js';
import type { QuestionEvent } from '#brokerage/question/question.events.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import { kpi } from '../kpi/kpi.projection.js';
import { packages } from '../package/package.projection.js';
import { questions } from '../questions/questions.projection.js';
import type { Projector } from '../read-side.js';
import { Timelines } from '../visit-evidence/timeline.queries.js';
import type { VisitRecord } from '../visit-evidence/timeline.view.js';
import type { PackageStory, StoryLine } from './package-story.view.js';

/** What is shown as it was planned needs no line of its own. */
const uneventful = new Set(['attended', 'planned', 'withdrawn']);

/** Tells packages from their own streams; nothing is stored for it. */
export class PackageStories {
  private readonly packages;
  private readonly questions;
  private readonly weeks;
  private readonly policies;
  private readonly timelines;

  constructor(
    projector: Projector,
    private readonly log: Pick<EventStore, 'at' | 'read'>,
  ) {
    this.packages = projector.reader(packages);
    this.questions = projector.reader(questions);
    this.weeks = projector.reader(kpi);
    this.policies = new CouncilPolicyReads(projector);
    this.timelines = new Timelines(log, log);
  }

  /** `undefined` for no such package, or one that the viewer may not see. */
  async story(
    viewer: Viewer,
    packageId: string,
    { position, now }: { readonly position: Position; readonly now: Instant },
  ): Promise<PackageStory | undefined> {
    const row = this.packages.get(viewer, 'packages', packageId, { asOf: position });
    if (!row) return undefined;
    const own = await this.ownLines(viewer, packageId, position);
    const asked = await this.questionLines(viewer, packageId, position);
    const visits = await this.visitLines(viewer, packageId, position, now);
    const lines = [...own, ...asked, ...visits].toSorted(byTime);
    return { packageId, personId: row.personId, knownUpTo: String(position), lines };
  }

  /** The package, its requests, offers, panel cases and changes. */
  private async ownLines(
    viewer: Viewer,
    packageId: string,
    upTo: Position,
  ): Promise<readonly StoryLine[]> {
    const lines = this.packages.select(viewer, 'lines', { filter: { packageId } });
    const known = lines.filter(({ position }) => Number(position) <= upTo);
    return Promise.all(
      known.map(async ({ position, at, by, summary, eventId, type }) => ({
        ...{ at, london: london(at), chapter: 'package' as const, by, sentence: summary },
        ...{ eventId, type, position: Number(position) },
        roles: await this.rolesAt(Number(position)),
      })),
    );
  }

  private async questionLines(
    viewer: Viewer,
    packageId: string,
    upTo: Position,
  ): Promise<readonly StoryLine[]> {
    const issued = this.packages.select(viewer, 'lines', { filter: { packageId } });
    const places = new Set<Position>();
    for (const { position, type } of issued) {
      if (type !== 'RequestIssued') continue;
      const event = await this.log.at(Number(position));
      const { requestId } = (event?.data ?? {}) as { readonly requestId?: string };
      const filter = { requestId };
      for (const row of this.questions.select(viewer, 'questions', { filter })) {
        places.add(row.askedPosition);
        if (row.answeredPosition !== undefined) places.add(row.answeredPosition);
      }
    }
    const lines = [...places].filter((place) => place <= upTo).map((place) => this.asked(place));
    return (await Promise.all(lines)).filter((line) => line !== undefined);
  }

  private async asked(position: Position): Promise<StoryLine | undefined> {
    const event = await this.log.at(position);
    const sentence = questionTold[event?.type as QuestionEvent['type']];
    if (!event) return undefined;
    const { recordedAt: at, actor } = event.metadata;
    return {
      ...{ at, london: london(at), chapter: 'question', by: actor.id, roles: [...actor.roles] },
      ...{ sentence, eventId: event.id, type: event.type, position },
    };
  }

  /** Each week in one line, and each visit that did not go as planned. */
  private async visitLines(
    viewer: Viewer,
    packageId: string,
    upTo: Position,
    now: Instant,
  ): Promise<readonly StoryLine[]> {
    const days = this.daysOf(packageId);
    if (!days) return [];
    const today = civilDateOf(now);
    const judging = { now, policy: this.policies.inForceOn(today) };
    const last = days.lastDay < today ? days.lastDay : today;
    const range = { from: days.from, to: last };
    const visits = await this.timelines.visits(viewer, packageId, range, judging, undefined, upTo);
    const weeks = Map.groupBy(visits, ({ on }) => isoWeekOf(on));
    const lines: StoryLine[] = [];
    for (const [week, some] of weeks) {
      lines.push(weekLine(week, some));
      for (const visit of some) {
        if (!uneventful.has(visit.status)) lines.push(...(await this.visitTold(visit)));
      }
    }
    return lines;
  }

  private visitTold({ visitId, on, agreedStart, entries }: VisitRecord): Promise<StoryLine[]> {
    return Promise.all(
      entries.map(async ({ at, by, summary, eventId, type, position }) => ({
        ...{ at, london: london(at), chapter: 'visit' as const, by, eventId, type, visitId },
        sentence: `Visit of ${on}, ${agreedStart}: ${summary}`,
        ...{ position: Number(position), roles: await this.rolesAt(Number(position)) },
      })),
    );
  }

  private daysOf(
    packageId: string,
  ): { readonly from: CivilDate; readonly lastDay: CivilDate } | null {
    const [row] = this.weeks.query<{ first: string | null; last: string | null }>(
      { id: 'system', roles: ['system'] },
      {
        sql: 'SELECT min(week) AS first, max(week) AS last FROM weeks WHERE key >= ? AND key < ?',
        params: [`visitWeek-${packageId}`, `visitWeek-${packageId}~`],
        visibleTo: () => true,
      },
    );
    if (!row?.first || !row.last) return null;
    return { from: mondayOf(row.first), lastDay: addDays(mondayOf(row.last), 6) };
  }

  private async rolesAt(position: Position): Promise<string[]> {
    return [...((await this.log.at(position))?.metadata.actor.roles ?? [])];
  }
}

function weekLine(week: string, visits: readonly VisitRecord[]): StoryLine {
  const { instant: at } = londonInstant(mondayOf(week), '00:00');
  const counts = new Map<string, number>();
  for (const { status } of visits) counts.set(status, (counts.get(status) ?? 0) + 1);
  const told = [...counts].map(([status, count]) => `${count} ${status.replaceAll('-', ' ')}`);
  const sentence = `Week ${week}: ${visits.length} visits, ${told.join(', ')}.`;
  return { at, london: london(at), chapter: 'week', roles: [], sentence, position: 0 };
}

const questionTold: Readonly<Record<QuestionEvent['type'], string>> = {
  QuestionAsked: 'A provider asked a question about the request.',
  QuestionAnswered: 'The question was answered to all who were invited.',
};

const london = (at: Instant): string => `${civilDateOf(at)} ${localTimeOf(at)}`;

const byTime = (a: StoryLine, b: StoryLine): number =>
  a.at === b.at ? a.position - b.position : a.at < b.at ? -1 : 1;
