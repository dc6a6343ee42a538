import { ruleBook } from '#kernel/rejection.js';

/** What refuses a file of electronic call monitoring, or a row of it. */
export const ecmRules = {
  EcmHeaderWrong: 'The first row of the file names the columns of its format.',
  EcmFileEmpty: 'The file has no row below its header.',
  EcmFileTooLong: 'The file has too many rows.',
  EcmFileTooLarge: 'The file is too large.',
  EcmFormUnreadable:
    'The form names no boundary. Send multipart/form-data as a browser or curl -F does.',
  EcmFormWithoutVisits: 'The form has no file `visits`. Attach the file of visits under that name.',
  EcmFormPartTwice: 'The form has this part twice. Send one file of visits at a time.',
  EcmFormPartUnknown:
    'The form takes the fields commandId, providerId, format and preview, and the files `visits` and `carers`.',
  EcmFormCutOff: 'The upload ended before its form did; nothing was taken. Send it again.',
  EcmFileUnreadable: 'The file is no CSV.',
  SeveralFileReferences: 'A file has one reference.',
  DateOutsideWeek: 'The date is outside the week that ends with the given date.',
  LogInNotGiven: 'A delivered visit has a log-in.',
  PersonRefUnknown: 'No person has this reference. Correct it, or refer the person first.',
  PersonRefAmbiguous:
    'Several packages of this person could be meant. Name the package in packageRef.',
  CarerUnknown: 'This carer is not on the provider’s register. Send the file of carers first.',
  FileReferenceTaken:
    'A file with this reference was sent before with other content. Give the new one a reference of its own.',
  EcmProviderUnknown: 'There is no such provider.',
  EcmFileOfAnotherProvider: 'A provider sends its own files alone.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof ecmRules>> = ruleBook(ecmRules);
