import { hasRole, type Viewer } from '#kernel/actor.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { QuestionEvent } from '#brokerage/question/question.events.js';
import { integer, text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { isOwnCase, questionReaders } from '../who-sees.js';

interface OfCase {
  readonly brokerOrganisation?: string;
}

interface InvitedRow extends OfCase {
  readonly invited: readonly string[];
}

/** A question without its words: those are sealed, and read from the log. */
export interface QuestionRow extends InvitedRow {
  readonly requestId: string;
  readonly questionId: string;
  readonly providerId: string;
  readonly askedAt: string;
  readonly askedPosition: number;
  readonly answeredAt?: string;
  /** Of the answer, which repeats the question as all read it. */
  readonly answeredPosition?: number;
}

/** Who asked, and once it is answered every invited provider (S1-9). */
const isForProvider = (row: QuestionRow, viewer: Viewer): boolean => {
  const { organisation } = viewer;
  if (!hasRole(viewer, 'provider') || organisation === undefined) return false;
  if (!row.invited.includes(organisation)) return false;
  return row.providerId === organisation || row.answeredAt !== undefined;
};

const questionKey = ({ requestId, questionId }: { requestId: string; questionId: string }) =>
  `${requestId}/${questionId}`;

const noRequest: InvitedRow = { invited: [] };

/** What providers asked about requests, and whether all were told (S1-9). */
export const questions = defineProjection<PackageEvent | QuestionEvent>()({
  name: 'questions',
  version: 1,
  tables: {
    questions: table<QuestionRow>()({
      live: { list: 'requests', keyOf: (key) => key.slice(0, key.indexOf('/')) },
      columns: {
        requestId: text((row) => row.requestId),
        askedPosition: integer((row) => row.askedPosition),
      },
      indexes: [['requestId', 'askedPosition']],
      visibleTo: (row, viewer) =>
        hasRole(viewer, ...questionReaders, 'system') ||
        isOwnCase(row, viewer) ||
        isForProvider(row, viewer),
    }),
    /** Read by the fold alone. */
    requests: table<InvitedRow>()({ columns: {}, visibleTo: () => false }),
    cases: table<OfCase>()({ columns: {}, visibleTo: () => false }),
  },
  on: {
    PackageReferred: ({ data: { packageId, origin }, tables: { cases } }) =>
      cases.change(packageId, () => caseOf(origin)),
    IncompleteReferralReceived: ({ data: { packageId, origin }, tables: { cases } }) =>
      cases.change(packageId, () => caseOf(origin)),
    RequestIssued({ data: { requestId, packageId, invited }, tables: { requests, cases } }) {
      const providerIds = invited.map(({ providerId }) => providerId);
      const of = cases.get(packageId);
      requests.change(requestId, () => ({ invited: providerIds, ...of }));
    },
    QuestionAsked({ event, data, tables: { questions: asked, requests } }) {
      const { requestId, questionId, providerId, askedAt } = data;
      const request = requests.get(requestId) ?? noRequest;
      asked.change(questionKey(data), () => ({
        ...{ ...request, requestId, questionId, providerId, askedAt },
        askedPosition: event.position,
      }));
    },
    QuestionAnswered: ({ event, data, tables: { questions: asked } }) =>
      asked.change(
        questionKey(data),
        (row) => row && { ...row, answeredAt: data.answeredAt, answeredPosition: event.position },
      ),
  },
});

const caseOf = (origin: OfCase | undefined): OfCase | undefined =>
  origin?.brokerOrganisation ? { brokerOrganisation: origin.brokerOrganisation } : undefined;
