import { deriveId } from '#kernel/ids.js';

/** The command that opens an uplift's job: the same however often the approval is sent. */
export const applyId = (upliftId: string): string => deriveId(upliftId, 'apply');

/** The job of an uplift, known before it is started. */
export const upliftJobId = (upliftId: string): string => deriveId(applyId(upliftId), 'job');
