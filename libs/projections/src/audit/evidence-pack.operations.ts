import { z } from 'zod';
import { isCivilDate } from '#kernel/time.js';
import type { Actor } from '#kernel/actor.js';
import { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import type { TypedLog } from '#eventstore/typed-log.js';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import type { Projector } from '../read-side.js';
import { decisionReplaysOf } from '../replay/decision-replay.resolver.js';
import { evidencePack, type PackFiles } from './evidence-pack.queries.js';

interface AuditSide extends Runtime {
  readonly readModels: Projector;
  readonly store: TypedLog;
}

const day = z.string().refine(isCivilDate, 'expected a date such as 2026-03-29');

/** The command line reads for whoever asks the council: an auditor's right, under its own name. */
const reader: Actor = { ...operator, roles: ['auditor'] };

/** What the command line may gather about one person's care. */
export const auditOperations = {
  'evidence-pack': operation(
    z.object({ personId: z.guid(), fromOn: day, lastDay: day }),
    async (service: AuditSide, question): Promise<PackFiles | { readonly packages: 0 }> => {
      const { readModels: projector, store: revealed, clock, commands } = service;
      const { sealed } = revealed;
      const looks = new AuditLooks(commands);
      const replays = decisionReplaysOf(service, sealed);
      const parts = { projector, sealed, revealed, clock, looks, replays };
      return (await evidencePack(parts, question, reader)) ?? { packages: 0 };
    },
  ),
};
