import { isValid, toNormalised } from 'postcode';
import { addMonths, isCivilDate, type CivilDate } from '#kernel/time.js';
import type { Identity } from './service-user.events.js';
import { ensureEach } from './service-user.rules.js';

/** An identity as it is sent: blanks and writing as the sender has them. */
export interface SentIdentity {
  readonly name: string;
  readonly preferredName?: string | undefined;
  readonly bornOn: string;
  readonly addressLines: readonly string[];
  readonly postcode: string;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly nhsNumber?: string | undefined;
  readonly nextOfKin?:
    | { readonly name: string; readonly relationship: string; readonly phone?: string | undefined }
    | undefined;
}

const oldestYears = 125;

/** The identity as it is kept. Refuses with every fault at once. */
export function identityOf(sent: SentIdentity, today: CivilDate): Identity {
  const { bornOn, phone, email, nhsNumber, nextOfKin } = sent;
  const lines = sent.addressLines.map(tidy).filter((line) => line !== '');
  const exists = isCivilDate(bornOn);
  const oldest = addMonths(today, -12 * oldestYears);
  ensureEach([
    [tidy(sent.name) !== '', 'NameMissing', { path: 'identity.name' }],
    [exists, 'DateDoesNotExist', { path: 'identity.bornOn' }],
    [!exists || bornOn <= today, 'BornInFuture', { path: 'identity.bornOn' }],
    [!exists || bornOn > oldest, 'BornTooLongAgo', { path: 'identity.bornOn' }],
    [lines.length > 0, 'AddressMissing', { path: 'identity.addressLines' }],
    [isValid(tidy(sent.postcode)), 'PostcodeInvalid', { path: 'identity.postcode' }],
    [!phone || isPhone(phone), 'PhoneInvalid', { path: 'identity.phone' }],
    [!email || isEmail(email), 'EmailInvalid', { path: 'identity.email' }],
    [!nhsNumber || isNhsNumber(nhsNumber), 'NhsNumberInvalid', { path: 'identity.nhsNumber' }],
    [
      !nextOfKin || tidy(nextOfKin.name) !== '',
      'NextOfKinNameMissing',
      { path: 'identity.nextOfKin.name' },
    ],
    [
      !nextOfKin?.phone || isPhone(nextOfKin.phone),
      'PhoneInvalid',
      { path: 'identity.nextOfKin.phone' },
    ],
  ]);
  return {
    name: tidy(sent.name),
    ...(sent.preferredName && { preferredName: tidy(sent.preferredName) }),
    bornOn,
    addressLines: lines,
    postcode: toNormalised(tidy(sent.postcode)) ?? '',
    ...(phone && { phone: tidy(phone) }),
    ...(email && { email: tidy(email) }),
    ...(nhsNumber && { nhsNumber: nhsNumber.replace(/\D/g, '') }),
    ...(nextOfKin && {
      nextOfKin: {
        ...{ name: tidy(nextOfKin.name), relationship: tidy(nextOfKin.relationship) },
        ...(nextOfKin.phone && { phone: tidy(nextOfKin.phone) }),
      },
    }),
  };
}

/**
 * Ten digits, in any grouping, whose last is the check digit: 11 less the sum weighted 10 to 2
 * modulo 11, where 11 stands for 0 and 10 fits no number. Ten equal digits are nobody's.
 */
export function isNhsNumber(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 9)].reduce(
    (total, digit, at) => total + Number(digit) * (10 - at),
    0,
  );
  const check = 11 - (sum % 11);
  return check !== 10 && (check === 11 ? 0 : check) === Number(digits[9]);
}

/** The names of the fields in which two identities differ. */
export const changedFields = (before: Identity, after: Identity): string[] =>
  fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

const fields = [
  'name',
  'preferredName',
  'bornOn',
  'addressLines',
  'postcode',
  'phone',
  'email',
  'nhsNumber',
  'nextOfKin',
] as const satisfies readonly (keyof Identity)[];

const tidy = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();

const isPhone = (text: string): boolean =>
  /^\+?[\d\s().-]+$/.test(tidy(text)) && /^\d{7,15}$/.test(text.replace(/\D/g, ''));

const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(tidy(text));
