export const takeOnRules = {
  ReferralRepeated: 'The person has an earlier row of another referral for this service line.',
} as const;
