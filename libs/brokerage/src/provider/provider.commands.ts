import { InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { Submitted } from '../submitted.commands.js';
import type { ProviderQualityCommands } from './provider.quality.commands.js';

/** Registers a care provider (S1-4). Names equal but for blanks and case count as the same. */
@InputType()
export class RegisterProvider extends Submitted {
  @IsNotEmpty()
  @MaxLength(200)
  legalName: string;

  @MaxLength(200, { each: true })
  tradingNames: string[];

  @IsOptional()
  @Matches(/^1-\d{5,12}$/)
  cqcProviderId?: string;

  @Matches(/^1-\d{5,12}$/, { each: true })
  cqcLocationIds: string[];

  /** Other names under which papers know it; they are its own, as its legal name is. */
  @IsOptional()
  @IsNotEmpty({ each: true })
  @MaxLength(200, { each: true })
  aliases?: string[];
}

/** Adds a name under which a provider is known. */
@InputType()
export class AddProviderAlias extends Submitted {
  @IsUUID()
  providerId: string;

  @IsNotEmpty()
  @MaxLength(200)
  alias: string;
}

/** Suspends a provider from new work, all of it or some lots (X7). Care it gives goes on. */
@InputType()
export class SuspendProvider extends Submitted {
  @IsUUID()
  providerId: string;

  /** Codes of lots; absent: all new work. */
  @IsOptional()
  @MaxLength(20, { each: true })
  lots?: string[];

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;

  @Matches(civilDate)
  fromOn: string;
}

/** Lifts a suspension from a day on (X7). */
@InputType()
export class LiftSuspension extends Submitted {
  @IsUUID()
  providerId: string;

  @IsUUID()
  suspensionId: string;

  /** First day on which the provider may take new work again. */
  @Matches(civilDate)
  fromOn: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface ProviderCommands extends ProviderQualityCommands {
  RegisterProvider: RegisterProvider;
  AddProviderAlias: AddProviderAlias;
  SuspendProvider: SuspendProvider;
  LiftSuspension: LiftSuspension;
}
