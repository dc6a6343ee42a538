import { codeList } from '#brokerage/codes.commands.js';
import { stages } from '#brokerage/package/package.codes.js';

export const StageCode = codeList('Stage', stages, 'Where a package stands.');
