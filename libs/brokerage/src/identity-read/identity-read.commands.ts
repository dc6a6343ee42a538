import { codeList } from '../codes.commands.js';
import { readingPurposes, type ReadingPurpose } from '../service-user/service-user.codes.js';
import { Submitted } from '../submitted.commands.js';

export const ReadingPurposeCode = codeList(
  'ReadingPurpose',
  readingPurposes,
  'Why someone reads who a person is. It is recorded with the reading.',
);

/** Records that someone reads who people are, if they may. Sent by the query that answers it. */
export class ReadIdentity extends Submitted {
  personIds: string[];
  purpose: ReadingPurpose;
}

export interface IdentityReadCommands {
  ReadIdentity: ReadIdentity;
}
