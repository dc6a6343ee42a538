import type { RequestPack } from '#brokerage/package/package.events.js';
import type { ProviderRequest } from './requests.view.js';

/** What a provider is told of the care that is wanted. */
export type PackRow = Pick<
  ProviderRequest,
  | ('requestNumber' | 'postcodeDistrict' | 'postcodeSector' | 'patch' | 'ageBand' | 'gender')
  | ('carerGenderNeed' | 'schedule' | 'skills' | 'languages' | 'access' | 'household')
  | ('startOn' | 'durationWeeks')
>;

/** Each field is copied by name, so that a field added to the pack stays out (S1-9). */
export const packRow = (pack: RequestPack): PackRow => ({
  ...{ requestNumber: pack.requestNumber, postcodeDistrict: pack.postcodeDistrict },
  ...(pack.postcodeSector && { postcodeSector: pack.postcodeSector }),
  ...{ patch: pack.patch, ageBand: pack.ageBand },
  ...{ gender: pack.gender, carerGenderNeed: pack.carerGenderNeed, startOn: pack.startOn },
  schedule: pack.schedule.map(visitOf),
  ...{ skills: [...pack.skills], languages: [...pack.languages] },
  ...{ access: [...pack.access], household: [...pack.household] },
  ...(pack.durationWeeks && { durationWeeks: pack.durationWeeks }),
});

const visitOf = (line: RequestPack['schedule'][number]): PackRow['schedule'][number] => ({
  ...{ line: line.line, days: [...line.days], start: line.start, minutes: line.minutes },
  ...(line.latestStart && { latestStart: line.latestStart }),
  ...{ carers: line.carers, tasks: [...line.tasks], critical: line.critical },
});
