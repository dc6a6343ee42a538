import { defineSlice } from '#platform/commands/slice.js';
import type { AuditLookCommands } from './audit-look.commands.js';
import { auditLookDecider } from './audit-look.decider.js';

export const auditLookSlice = defineSlice<AuditLookCommands>({
  category: 'auditLook',
  decider: auditLookDecider,
  commands: { RecordAuditLook: { id: (_, create) => create('auditLook') } },
});
