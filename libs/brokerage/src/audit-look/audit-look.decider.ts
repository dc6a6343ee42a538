import type { Decider } from '#kernel/decider.js';
import type { AuditLookCommands } from './audit-look.commands.js';
import type { AuditLookRecorded } from './audit-look.events.js';

/** One look is one stream, so that no two looks wait for each other. */
export const auditLookDecider: Decider<
  Record<string, never>,
  AuditLookCommands,
  AuditLookRecorded
> = {
  initial: {},
  decide: {
    RecordAuditLook(_, { what, subjects }, { actor, now }) {
      const { id: by, roles } = actor;
      const data = { what, subjects: [...subjects], by, roles: [...roles], lookedAt: now };
      return [{ type: 'AuditLookRecorded', data }];
    },
  },
  evolve: { AuditLookRecorded: (state) => state },
};
