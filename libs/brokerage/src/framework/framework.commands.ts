import { InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { Submitted } from '../submitted.commands.js';

/** A part of a framework that providers are admitted to. */
@InputType()
export class LotInput {
  /** Short code, unique in the framework: `lot-1`. */
  @Matches(/^[a-z0-9-]{1,20}$/)
  lot: string;

  @IsNotEmpty()
  @MaxLength(100)
  name: string;
}

/** Sets up a framework under which providers are contracted (S2-6). */
@InputType()
export class EstablishFramework extends Submitted {
  @IsNotEmpty()
  @MaxLength(200)
  name: string;

  /** First day. */
  @Matches(civilDate)
  startsOn: string;

  /** Last day, inclusive. */
  @Matches(civilDate)
  lastDay: string;

  @ValidateNested({ each: true })
  @Type(() => LotInput)
  @ArrayNotEmpty()
  lots: LotInput[];

  /** The framework that this one follows. */
  @IsOptional()
  @IsUUID()
  succeeds?: string;
}

/** Opens a framework to new providers, for some of its lots (S1-5, S1-6). */
@InputType()
export class OpenFramework extends Submitted {
  @IsUUID()
  frameworkId: string;

  @Matches(civilDate)
  opensOn: string;

  /** Codes of the lots that this opening offers. */
  @ArrayNotEmpty()
  lots: string[];
}

/** Extends a framework for all remaining providers, once (S1-7). */
@InputType()
export class ExtendFramework extends Submitted {
  @IsUUID()
  frameworkId: string;

  /** The new last day, inclusive. */
  @Matches(civilDate)
  lastDay: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface FrameworkCommands {
  EstablishFramework: EstablishFramework;
  OpenFramework: OpenFramework;
  ExtendFramework: ExtendFramework;
}
