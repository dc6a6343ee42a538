import type { AuditSample } from '../replay/audit-sample.view.js';
import type { AuditTable } from './audit-page.js';
import type { PackageStory } from './package-story.view.js';
import type { WhoSaw } from './who-saw.view.js';

export const storyTable = ({ packageId, knownUpTo, lines }: PackageStory): AuditTable => ({
  title: `The story of package ${packageId}`,
  sentences: [
    `${lines.length} lines, as known up to position ${knownUpTo} of the log. Times are London's.`,
    'Each line but those of whole weeks is an event of the log: its id leads to the decision behind it and to its proof.',
  ],
  head: ['When', 'Who', 'What', 'Event'],
  rows: lines.map(({ london, by, roles, sentence, eventId }) => [
    ...[london, [by, roles.join(', ')].filter(Boolean).join(' · '), sentence, eventId ?? ''],
  ]),
  csvAddress: `/audit/package-story/${packageId}.csv`,
});

export const sightsTable = ({ personId, sights }: WhoSaw): AuditTable => ({
  title: `Who saw what is known of person ${personId}`,
  sentences: [
    `${sights.length} readings, looks and refusals, the latest first. Times are London's.`,
  ],
  head: ['When', 'Who', 'Organisation', 'What', 'Through', 'Times'],
  rows: sights.map(({ london, by, roles, organisation, kind, through, count }) => [
    ...[london, `${by} · ${roles.join(', ')}`, organisation ?? '', kind, through, String(count)],
  ]),
  csvAddress: `/audit/who-saw/${personId}.csv`,
});

export const sampleTable = (
  { population, seed, method, decisions }: AuditSample,
  query: string,
): AuditTable => ({
  title: 'Decisions drawn for an audit',
  sentences: [
    `${decisions.length} of ${population} decisions, drawn by the seed “${seed}”.`,
    `${method} Whoever draws again gets the same.`,
  ],
  head: ['When', 'Who', 'Command', 'Stream', 'Event'],
  rows: decisions.map(({ decidedAt, by, command, stream, eventId }) => [
    ...[decidedAt, by, command, stream, eventId],
  ]),
  csvAddress: `/audit/sample.csv?${query}`,
});
