import { date, timeOfDay, wholeNumber, yesOrNo } from '../csv-import/csv-import.cells.js';
import { carer, clockTime, duration, reference } from './ecm.cells.js';
import type { EcmFormat } from './ecm.format.js';

/** Access Abacus’ service delivery file. It holds a name, which is used for no purpose. */
export const abacus: EcmFormat = {
  name: 'abacus',
  columns: {
    fileRef: { title: 'FileReference', read: reference, takes: 'an id', needed: true },
    personRef: { title: 'ServiceUserRef', read: reference, takes: 'an id', needed: true },
    visitRef: { title: 'OurRef', read: reference, takes: 'an id', needed: true },
    weekEnding: { title: 'WeekEnding', read: date, takes: 'a date' },
    visitDate: { title: 'VisitDate', read: date, takes: 'a date', needed: true },
    plannedStart: { title: 'StartTimeClaimed', read: timeOfDay, takes: 'a time of day' },
    actualStart: { title: 'ActualStartTime', read: clockTime, takes: 'a time of day' },
    actualDuration: { title: 'ActualDuration', read: duration, takes: 'minutes, or 0:30' },
    leg: {
      title: 'SecondaryVisit',
      read: (text) => {
        const second = yesOrNo(text);
        return second === undefined ? undefined : second ? 2 : 1;
      },
      takes: 'true or false',
    },
    // Not in the vendor's list of columns; where a provider adds them, a visit can be corrected and
    // continuity be judged.
    shadow: { title: 'Shadow', read: yesOrNo, takes: 'yes or no' },
    sequence: { title: 'Sequence', read: wholeNumber, takes: 'a whole number' },
    carerRef: { title: 'CarerRef', read: carer, takes: 'an id of a carer' },
  },
  shadowLeg: 3,
  statusOf: ({ actualStart }) => (actualStart ? 'delivered' : 'missed'),
};
