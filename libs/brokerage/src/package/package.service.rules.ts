/** Why care does not start, change or end as asked. */
export const serviceRules = {
  PackageNotAwarded: 'A start is confirmed for an awarded package.',
  PackageOfAnotherProvider: 'This package was awarded to another provider.',
  StartConfirmedTooEarly: 'A start is confirmed on or after its day, not in advance.',
  StartBeforeAgreed: 'Care starts no earlier than the agreed start date.',
  PackageNotLive: 'Only an awarded or live package is ended; withdraw the referral instead.',
  EndBeforeStart: 'A package ends on or after the day it starts.',
} as const;
