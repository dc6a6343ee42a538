import { ruleBook } from '#kernel/rejection.js';

export const demoRules = {
  DemoNotInProduction: 'Production loads no invented people.',
  DemoAlreadyLoaded: 'This data directory holds a demo council already.',
  DemoAnotherIsLoading: 'Another demo council is being loaded; it goes on.',
  DemoDateOutOfRange: 'A demo council stands on a day up to today.',
  DemoFiguresCannotBeMet: 'No demo council of this seed gives the reference figures.',
  LogNotEmpty:
    'A demo council is loaded into an empty data directory. Set DATA_DIR to another one.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof demoRules>> = ruleBook(demoRules);
