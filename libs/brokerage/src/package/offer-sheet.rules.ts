import { ruleBook } from '#kernel/rejection.js';

export const offerSheetRules = {
  OffersNotPresented:
    'The offers of this request are not before the person yet. Present them, then ask for the sheet.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof offerSheetRules>> =
  ruleBook(offerSheetRules);
