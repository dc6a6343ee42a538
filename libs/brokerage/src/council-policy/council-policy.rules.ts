import type { CouncilPolicyValues } from '#kernel/council-policy.js';
import { ruleBook } from '#kernel/rejection.js';

export const councilPolicyRules = {
  DateDoesNotExist: 'This date does not exist.',
  NothingToChange: 'A change of policy names at least one value.',
  PercentOutOfRange: 'A target is a whole percentage from 1 to 100.',
  WeightsAllZero: 'At least one weight of the league is above zero.',
  MinutesNotPositive: 'Windows are at least one minute; tolerances and graces are not negative.',
  OfficeClosesBeforeOpening: 'The office closes later than it opens.',
  GoLiveNotMonday: 'Electronic call monitoring goes live on a Monday, so that weeks are whole.',
  PayPeriodNotFromMonday: 'A period of pay begins on a Monday, so that weeks are whole.',
  ChangeUnknown: 'There is no such change of policy waiting for approval.',
  ChangeAlreadyApproved: 'This change of policy was approved before.',
  ApproverIsAuthor: 'Whoever proposes a change of policy does not approve it.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof councilPolicyRules>> =
  ruleBook(councilPolicyRules);

export const isPercent = (value: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= 100;

export const minutesHold = (values: CouncilPolicyValues): boolean => {
  const { requestWindowMinutes: window } = values;
  const notNegative = [values.punctualityToleranceMinutes, values.missedGraceMinutes]
    .flatMap((minutes) => (minutes ? [minutes.standard, minutes.critical] : []))
    .every((minutes) => minutes >= 0);
  return notNegative && (!window || (window.standard >= 1 && window.urgent >= 1));
};
