import type { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import type { EventStore } from '#eventstore/event-store.js';
import { systemActor, type Actor } from '#kernel/actor.js';
import { civilDateOf, type CivilDate } from '#kernel/time.js';
import type { Clock } from '#platform/commands/clock.js';
import { CouncilPolicyReads } from '../council-policy/council-policy.queries.js';
import type { Projector } from '../read-side.js';
import type { DecisionReplays } from '../replay/decision-replay.queries.js';
import { csvOf } from '../reports/report-csv.js';
import { personCases } from '../service-user/person-cases.projection.js';
import { serviceUsers } from '../service-user/service-users.projection.js';
import { Timelines } from '../visit-evidence/timeline.queries.js';
import { AuditAnswers } from './audit-answers.js';
import { auditPage, type AuditTable } from './audit-page.js';
import { sightsTable, storyTable } from './audit-tables.js';
import type { StoryLine } from './package-story.view.js';
import { packReadme } from './pack-readme.js';

export interface PackQuestion {
  readonly personId: string;
  readonly fromOn: CivilDate;
  /** Inclusive. */
  readonly lastDay: CivilDate;
}

/** The files of a pack by name, and the events whose proofs belong to it. */
export interface PackFiles {
  readonly packages: number;
  readonly erased: boolean;
  readonly files: Readonly<Record<string, string>>;
  readonly eventIds: readonly string[];
}

export interface PackParts {
  readonly projector: Projector;
  readonly sealed: EventStore;
  /** With personal words, which an auditor may read. */
  readonly revealed: Pick<EventStore, 'read'>;
  readonly clock: Clock;
  readonly looks: AuditLooks;
  readonly replays: DecisionReplays;
}

/**
 * All that the record holds of a person's care in a period, to be handed on: stories, visits with
 * their evidence, decisions made again, who saw what. The look is recorded before anything is read.
 */
export async function evidencePack(
  { projector, sealed: log, revealed, clock, looks, replays }: PackParts,
  { personId, fromOn, lastDay }: PackQuestion,
  actor: Actor,
): Promise<PackFiles | undefined> {
  const cases = projector.reader(personCases);
  const own = cases.select(systemActor, 'cases', { filter: { personId } });
  if (own.length === 0) return undefined;
  await looks.look('evidencePack', [personId, fromOn, lastDay], { actor });
  const files: Record<string, string> = {};
  const add = (name: string, table: AuditTable) => {
    files[`${name}.html`] = auditPage(table);
    files[`${name}.csv`] = csvOf(table.head, table.rows);
  };
  const answers = new AuditAnswers({ projector, log, clock, looks });
  const timelines = new Timelines(log, revealed);
  const now = clock.now();
  const policy = new CouncilPolicyReads(projector).inForceOn(civilDateOf(now));
  const lines: StoryLine[] = [];
  for (const { packageId } of own) {
    const story = await answers.story({ actor }, packageId, {});
    if (!story) continue;
    const isAsked = ({ at }: StoryLine) => civilDateOf(at) >= fromOn && civilDateOf(at) <= lastDay;
    const told = story.lines.filter(isAsked);
    lines.push(...told);
    add(`story-${packageId}`, storyTable({ ...story, lines: told }));
    const days = { from: fromOn, to: lastDay };
    const visits = await timelines.visits(actor, packageId, days, { now, policy });
    files[`visits-${packageId}.ndjson`] = ndjson(visits);
  }
  add('who-saw', sightsTable(await answers.whoSaw({ actor }, personId)));
  const eventIds = [...new Set(lines.flatMap(({ eventId }) => eventId ?? []))];
  const decisions = [];
  for (const eventId of eventIds) decisions.push(await replays.byId(eventId));
  files['decisions.ndjson'] = ndjson(decisions.filter((decision) => decision !== undefined));
  const erased =
    projector.reader(serviceUsers).get(actor, 'people', personId)?.erasedAt !== undefined;
  const facts = { personId, fromOn, lastDay, packages: own.length, erased };
  files['README.html'] = packReadme({ ...facts, files: Object.keys(files), madeAt: now });
  return { packages: own.length, erased, files, eventIds };
}

const ndjson = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
