import { defineSlice } from '#platform/commands/slice.js';
import type { StatementCommands } from './statement.commands.js';
import { statementDecider } from './statement.decider.js';
import { statementIdOf } from './statement.rules.js';

const own = { id: ({ statementId }: { statementId: string }) => statementId };

export const statementSlice = defineSlice<StatementCommands>({
  category: 'statement',
  decider: statementDecider,
  commands: {
    OpenStatement: {
      id: ({ providerId, periodStartsOn }) => statementIdOf(providerId, periodStartsOn),
    },
    AddStatementLines: own,
    CompleteStatement: own,
    ApproveHeldPay: own,
    ApproveStatement: own,
    CloseStatement: own,
    QueryStatementLine: own,
    AnswerStatementQuery: own,
  },
});
