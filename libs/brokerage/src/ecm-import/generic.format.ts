import { codeIn, date, timeOfDay, wholeNumber, yesOrNo } from '../csv-import/csv-import.cells.js';
import { excuseReasons, logMethods, manualReasons } from '../visit/visit.events.js';
import { carer, clockTime, codes, instantText, reference } from './ecm.cells.js';
import type { EcmFormat } from './ecm.format.js';

const reasons = [...excuseReasons, 'provider', 'rescheduled'] as const;

/** The canonical record's own names as headers, for whoever can choose. */
export const generic: EcmFormat = {
  name: 'generic',
  columns: {
    fileRef: { title: 'fileRef', read: reference, takes: 'an id' },
    personRef: { title: 'personRef', read: reference, takes: 'an id', needed: true },
    packageRef: { title: 'packageRef', read: reference, takes: 'an id' },
    weekEnding: { title: 'weekEnding', read: date, takes: 'a date' },
    visitRef: { title: 'visitRef', read: reference, takes: 'an id' },
    sequence: { title: 'sequence', read: wholeNumber, takes: 'a whole number' },
    visitDate: { title: 'visitDate', read: date, takes: 'a date', needed: true },
    plannedStart: { title: 'plannedStart', read: timeOfDay, takes: 'a time of day' },
    carerRef: { title: 'carerRef', read: carer, takes: 'an id of a carer' },
    leg: {
      title: 'carerLeg',
      read: (text) => (/^[1-4]$/.test(text) ? Number(text) : undefined),
      takes: '1 to 4',
    },
    shadow: { title: 'shadow', read: yesOrNo, takes: 'yes or no' },
    actualStart: { title: 'actualStart', read: clockTime, takes: 'a time' },
    actualEnd: { title: 'actualEnd', read: clockTime, takes: 'a time' },
    method: { title: 'logMethod', read: codeIn(logMethods), takes: logMethods.join(', ') },
    manualReason: {
      title: 'manualReasonCode',
      read: codeIn(manualReasons),
      takes: manualReasons.join(', '),
    },
    status: {
      title: 'status',
      read: codes({
        ...{ delivered: 'delivered', missed: 'missed' },
        ...{ cancelled: 'excused', frustrated: 'excused' },
      }),
      takes: 'delivered, missed, cancelled or frustrated',
      needed: true,
    },
    reason: {
      title: 'reasonCode',
      read: (text) => {
        const reason = codeIn(reasons)(text);
        // A visit that the provider cancels is missed, whatever it calls it.
        return reason === 'provider' || reason === 'rescheduled' ? undefined : reason;
      },
      takes: excuseReasons.join(', '),
    },
    noticeAt: { title: 'noticeAt', read: instantText, takes: 'an instant with its offset' },
  },
};
