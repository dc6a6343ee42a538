import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsOptional,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { hasRole } from '#kernel/actor.js';
import type { Decider, Event } from '#kernel/decider.js';
import { ruleBook } from '#kernel/rejection.js';
import { isCivilDate, type CivilDate } from '#kernel/time.js';
import { factOf, defineSlice, type Fact, type FactReader } from '#platform/commands/slice.js';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { providerDecider } from '../provider/provider.decider.js';
import { Submitted } from '../submitted.commands.js';

export const carerGenders = ['female', 'male', 'other'] as const;
export type CarerGender = (typeof carerGenders)[number];
export const CarerGenderCode = codeList('CarerGender', carerGenders, 'The gender of a carer (X2).');

/** A carer as a provider's system knows it; never a name. */
@InputType()
export class CarerInput {
  @Matches(/^[\w.-]{1,40}$/)
  carerRef: string;

  @Matches(civilDate)
  activeFrom: string;

  /** The last day, inclusive. */
  @IsOptional()
  @Matches(civilDate)
  lastDay?: string;

  @IsOptional()
  @Field(() => CarerGenderCode, { nullable: true })
  @IsIn(carerGenders)
  gender?: CarerGender;
}

/** Puts carers on a provider's register, or changes what it says of them. */
@InputType()
export class RegisterCarers extends Submitted {
  @IsUUID()
  providerId: string;

  @ValidateNested({ each: true })
  @Type(() => CarerInput)
  @ArrayNotEmpty()
  @ArrayMaxSize(5_000)
  carers: CarerInput[];
}

export interface CarerRegisterCommands {
  RegisterCarers: RegisterCarers;
}

export interface RegisteredCarer {
  readonly carerRef: string;
  readonly activeFrom: CivilDate;
  readonly lastDay?: CivilDate;
  readonly gender?: CarerGender;
}

export type CarersRegistered = Event<
  'CarersRegistered',
  { readonly providerId: string; readonly carers: readonly RegisteredCarer[] }
>;

export const carerRegisterRules = {
  RegisterOfAnotherProvider: 'A provider keeps its own register of carers.',
  RegisterProviderUnknown: 'There is no such provider.',
  CarerDateUnreal: 'A date of a carer does not exist, or the last day is before the first.',
} as const;

const ensure: ReturnType<typeof ruleBook<typeof carerRegisterRules>> = ruleBook(carerRegisterRules);

interface CarerRegisterFacts {
  RegisterCarers: { provider: { known: boolean } };
}

/** Who cares for a provider, by the provider's own ids (formats.md, section 1). */
export const carerRegisterDecider: Decider<
  Readonly<Record<string, RegisteredCarer>>,
  CarerRegisterCommands,
  CarersRegistered,
  CarerRegisterFacts
> = {
  initial: {},
  decide: {
    RegisterCarers(state, { providerId, carers }, { actor, facts }) {
      const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
      ensure(own, 'RegisterOfAnotherProvider', { path: 'providerId' });
      ensure(facts.provider.known, 'RegisterProviderUnknown', { path: 'providerId' });
      for (const { activeFrom, lastDay } of carers) {
        const real = isCivilDate(activeFrom) && (lastDay === undefined || isCivilDate(lastDay));
        ensure(real && (lastDay ?? activeFrom) >= activeFrom, 'CarerDateUnreal', {
          path: 'carers',
        });
      }
      const told = carers.map(({ carerRef, activeFrom, lastDay, gender }) => ({
        ...{ carerRef, activeFrom },
        ...(lastDay !== undefined && { lastDay }),
        ...(gender !== undefined && { gender }),
      }));
      const news = told.filter(
        (carer) => JSON.stringify(carer) !== JSON.stringify(state[carer.carerRef]),
      );
      return news.length === 0
        ? []
        : [{ type: 'CarersRegistered', data: { providerId, carers: news } }];
    },
  },
  evolve: {
    CarersRegistered: (state, { carers }) => ({
      ...state,
      ...Object.fromEntries(carers.map((carer) => [carer.carerRef, carer])),
    }),
  },
};

export const carerRegisterStream = (providerId: string): string => `carerRegister-${providerId}`;

export const carerRegisterSlice = defineSlice<CarerRegisterCommands>({
  category: 'carerRegister',
  decider: carerRegisterDecider,
  commands: {
    RegisterCarers: {
      id: ({ providerId }) => providerId,
      facts: async (
        { providerId }: { providerId: string },
        read: FactReader,
      ): Promise<{ provider: Fact<{ known: boolean }> }> => {
        const provider = await read.folded(providerDecider, `provider-${providerId}`);
        return { provider: factOf(provider, (state) => ({ known: state.providerId !== null })) };
      },
    },
  },
});
