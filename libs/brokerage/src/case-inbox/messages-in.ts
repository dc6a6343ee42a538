import { z } from 'zod';
import { isCivilDate, isLocalTime } from '#kernel/time.js';
import * as codes from '../package/package.codes.js';

const day = z
  .string()
  .refine(isCivilDate, 'expected a date such as 2026-03-29')
  .meta({ format: 'date', examples: ['2026-03-29'] });
const timeOfDay = z
  .string()
  .refine(isLocalTime, 'expected a time of day such as 08:30')
  .meta({ pattern: '^\\d{2}:\\d{2}$', examples: ['08:30'] });
const reference = z
  .string()
  .regex(/^[\w/-]{1,60}$/, 'expected an id of 1 to 60 letters, digits or _/-');
const words = (most: number) => z.string().trim().min(1).max(most);

/** A code that this product knows; another one is taken and goes to a person. */
const code = (list: readonly string[]) =>
  z
    .string()
    .min(1)
    .max(60)
    .meta({ examples: [...list] });

const careLine = z.object({
  days: z.array(z.int().min(1).max(7)).max(7).optional(),
  start: timeOfDay.optional(),
  latestStart: timeOfDay.optional(),
  minutes: z.int().min(1).max(1439).optional(),
  carers: z.int().min(1).max(4).optional(),
  tasks: z.array(code(codes.tasks)).max(40).optional(),
  critical: z.boolean().optional(),
  criticalReason: code(codes.criticalReasons).optional(),
  shortVisitAgreement: z.object({ task: code(codes.tasks), agreedOn: day }).optional(),
});

const needs = z
  .object({
    serviceLine: code(codes.serviceLines).optional(),
    lot: z.string().max(20).optional(),
    fundingStatus: code(codes.fundingStatuses).optional(),
    funding: z
      .array(
        z.object({
          payer: z.string().max(40),
          basisPoints: z.int().min(1).max(10_000),
          ledgerCode: z.string().max(40),
        }),
      )
      .max(10)
      .optional(),
    purpose: code(codes.shortTermPurposes).optional(),
    plannedLastDay: day.optional(),
    postcodeDistrict: z.string().max(4).optional(),
    patch: z.string().max(40).optional(),
    ageBand: code(codes.ageBands).optional(),
    gender: code(codes.genders).optional(),
    carerGenderNeed: code(codes.carerGenderNeeds).optional(),
    skills: z.array(z.string().max(40)).max(60).optional(),
    languages: z.array(z.string().max(3)).max(20).optional(),
    access: z.array(code(codes.accessFlags)).max(20).optional(),
    household: z.array(code(codes.householdFlags)).max(20).optional(),
    urgent: z.boolean().optional(),
    hospitalDischarge: z.boolean().optional(),
    startOn: day.optional(),
    durationWeeks: z.int().min(1).max(520).optional(),
    schedule: z.array(careLine).max(60).default([]),
  })
  .meta({
    description: 'What care the person needs. What is left out goes to a person, not back.',
  });

const identity = z
  .object({
    name: words(200),
    preferredName: words(100).optional(),
    bornOn: day,
    addressLines: z.array(words(100)).max(6),
    postcode: words(12),
    phone: words(30).optional(),
    email: words(254).optional(),
    nhsNumber: words(20).optional(),
    nextOfKin: z
      .object({ name: words(200), relationship: words(100), phone: words(30).optional() })
      .optional(),
  })
  .meta({ description: 'Who the person is: no more than brokerage needs (S1-8).' });

const common = {
  system: z.string().regex(/^[\w-]{1,40}$/, 'expected the short code of the case system'),
  personRef: reference,
  sequence: z.int().min(1).max(1_000_000_000).meta({
    description: 'Of this person: 1, 2, 3 …, without gaps, in the order of the case record.',
  }),
};

/** What each type of message says, besides whom it is about. */
const contents = {
  'referral.created': {
    referralRef: reference,
    needs,
    identity: identity.optional(),
    linkedTo: z.object({ referralRef: reference, reason: words(500) }).optional(),
    directPayment: z
      .object({ outcome: code(codes.directPaymentOutcomes), reason: words(500).optional() })
      .optional(),
  },
  'referral.corrected': { referralRef: reference, needs, reason: words(500) },
  'referral.withdrawn': { referralRef: reference, reason: words(500) },
  'person.changed': { identity, reason: words(500) },
  'person.moved': { identity, movedOn: day },
  'person.died': { diedOn: day },
  'person.merged': { survivingPersonRef: reference },
  'person.split': { newPersonRefs: z.array(reference).min(1).max(10) },
  'hospital.admitted': { admittedOn: day, expectedReturnOn: day.optional() },
  'hospital.discharged': { dischargedOn: day, careFromOn: day },
  'review.completed': {
    referralRef: reference,
    reviewedOn: day,
    outcome: code(['continue', 'change', 'end']),
    lastDay: day.optional(),
    reason: words(500).optional(),
  },
} as const;

const messageOf = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({
    type: z.literal(type),
    timestamp: z.iso.datetime({ offset: true }),
    data: z.object({ ...common, ...shape }),
  });

/** The schema of each message that a case system may send. */
export const messagesIn = {
  'referral.created': messageOf('referral.created', contents['referral.created']),
  'referral.corrected': messageOf('referral.corrected', contents['referral.corrected']),
  'referral.withdrawn': messageOf('referral.withdrawn', contents['referral.withdrawn']),
  'person.changed': messageOf('person.changed', contents['person.changed']),
  'person.moved': messageOf('person.moved', contents['person.moved']),
  'person.died': messageOf('person.died', contents['person.died']),
  'person.merged': messageOf('person.merged', contents['person.merged']),
  'person.split': messageOf('person.split', contents['person.split']),
  'hospital.admitted': messageOf('hospital.admitted', contents['hospital.admitted']),
  'hospital.discharged': messageOf('hospital.discharged', contents['hospital.discharged']),
  'review.completed': messageOf('review.completed', contents['review.completed']),
} as const;

export type CaseMessageType = keyof typeof messagesIn;
export type CaseMessage = z.infer<(typeof messagesIn)[CaseMessageType]>;
export type CaseMessageOf<Type extends CaseMessageType> = z.infer<(typeof messagesIn)[Type]>;

export const isCaseMessageType = (type: string): type is CaseMessageType => type in messagesIn;

/** What a message of a type that is not known here says at least: it is kept, and goes to a person. */
export const unknownMessage = z.object({
  type: z.string().regex(/^[\w.-]{1,60}$/, 'expected a type such as referral.created'),
  timestamp: z.iso.datetime({ offset: true }),
  data: z.object(common),
});
