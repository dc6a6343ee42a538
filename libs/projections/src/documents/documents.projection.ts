import { hasRole, type Viewer } from '#kernel/actor.js';
import type { DocumentAttached, InterestExpressed } from '#brokerage/document/document.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';
import type { AttachedDocument } from './documents.view.js';

interface Interested {
  readonly providerIds: readonly string[];
}

/** The council sees all; others what is public, and a provider what it has expressed interest in. */
const maySee = ({ visibility, interested }: AttachedDocument, viewer: Viewer): boolean =>
  isCouncil(viewer) ||
  visibility === 'public' ||
  (hasRole(viewer, 'provider') && interested.includes(viewer.organisation ?? ''));

/** Specifications and tender documents of contracts and frameworks (S2-22, S1-3). */
export const documents = defineProjection<DocumentAttached | InterestExpressed>()({
  name: 'documents',
  version: 1,
  tables: {
    documents: table<AttachedDocument>()({
      columns: {
        targetId: text((row) => row.targetId),
        attachedAt: text((row) => row.attachedAt),
        kind: text((row) => row.kind),
      },
      indexes: [['targetId'], ['attachedAt']],
      visibleTo: maySee,
    }),
    interested: table<Interested>()({ columns: {}, visibleTo: (_, viewer) => isCouncil(viewer) }),
  },
  on: {
    DocumentAttached: ({ data, tables }) => {
      const interested = [...(tables.interested.get(data.targetId)?.providerIds ?? [])];
      tables.documents.change(data.documentId, () => ({ ...data, interested }));
    },
    InterestExpressed: ({ data: { targetId, providerId }, tables }) => {
      tables.interested.change(targetId, (row) => ({
        providerIds: [...(row?.providerIds ?? []), providerId],
      }));
      for (const { key } of tables.documents.find('targetId', targetId)) {
        tables.documents.change(
          key,
          (row) => row && { ...row, interested: [...row.interested, providerId] },
        );
      }
    },
  },
});
