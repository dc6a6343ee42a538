import { ruleBook } from '#kernel/rejection.js';

export const frameworkRules = {
  FrameworkUnknown: 'There is no such framework.',
  FrameworkAlreadyEstablished: 'This framework was established before.',
  DateDoesNotExist: 'This date does not exist.',
  FrameworkEndsBeforeItStarts: 'A framework ends on or after the day it starts.',
  FrameworkHasNoLots: 'A framework has at least one lot.',
  LotUnknown: 'An opening offers lots that the framework has.',
  OpeningOutsideFramework: 'An opening lies between the start and the last day of the framework.',
  FrameworkAlreadyExtended: 'A framework is extended once; this one was extended before.',
  FrameworkExtensionNotLater: 'An extension ends later than the framework does now.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof frameworkRules>> = ruleBook(frameworkRules);
