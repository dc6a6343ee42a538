import { Field, ID, Int, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { codeList } from '#brokerage/codes.commands.js';
import { alarmKinds, type AlarmKind } from '#brokerage/visit/visit.truth.events.js';
import { Stated } from '#platform/graphql/paging.view.js';

export const AlarmKindCode = codeList(
  'VisitAlarmKind',
  alarmKinds,
  'Nobody came, or nobody opened the door.',
);

export const alarmEndings = ['seen-to', 'attended', 'excused', 'not-required'] as const;
export type AlarmEnding = (typeof alarmEndings)[number];
export const AlarmEndingCode = codeList(
  'VisitAlarmEnding',
  alarmEndings,
  'Someone saw to it, or it turned out that the visit was not missed.',
);

/** Someone must see whether the person is safe (X26). */
@ObjectType()
export class VisitAlarm {
  /** Names the alarm to mutations. */
  @Field(() => ID)
  alarmId: string;

  @Field(() => ID)
  visitId: string;

  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  providerId: string;

  @Field(() => AlarmKindCode)
  kind: AlarmKind;

  critical: boolean;

  /** The moment of the agreed start. */
  startsAt: string;

  raisedAt: string;

  /** Who sees to it: `duty-desk` until someone takes it, or the desk it was put before. */
  owner: string;

  /** How often it waited too long and was put before someone more senior. */
  @Field(() => Int)
  escalations: number;

  /** When it is put before someone more senior, if nobody closes it. */
  escalatesAt?: string;

  open: boolean;

  @Field(() => AlarmEndingCode, { nullable: true })
  ending?: AlarmEnding;

  closedAt?: string;

  /** For the council alone. */
  closedBy?: string;

  /** For the council alone. */
  personSafe?: boolean;

  /** For the council alone. */
  safeguardingRaised?: boolean;
}

/** Which alarms; what is left out asks nothing. */
@InputType()
export class VisitAlarmsFilter {
  @IsOptional()
  @IsBoolean()
  open?: boolean;

  @IsOptional()
  @Field(() => AlarmKindCode, { nullable: true })
  @IsIn(alarmKinds)
  kind?: AlarmKind;

  @IsOptional()
  @IsBoolean()
  critical?: boolean;

  @IsOptional()
  @MaxLength(120)
  owner?: string;

  @IsOptional()
  @IsUUID()
  providerId?: string;

  @IsOptional()
  @IsUUID()
  packageId?: string;
}

export enum VisitAlarmsSort {
  CRITICAL_FIRST = 'CRITICAL_FIRST',
  OLDEST_FIRST = 'OLDEST_FIRST',
  NEWEST_FIRST = 'NEWEST_FIRST',
}
registerEnumType(VisitAlarmsSort, {
  name: 'VisitAlarmsSort',
  description: 'Critical ones first and then the oldest, or by age alone.',
});

/** A provider’s missed visits of some days, three ways (S2-12). */
@ObjectType()
export class MissedVisitCounts {
  @Field(() => ID)
  providerId: string;

  /** Missed visits, whoever told of them. */
  @Field(() => Int)
  missed: number;

  /** Reported by the provider itself. */
  @Field(() => Int)
  reported: number;

  /** Found missed by evidence. */
  @Field(() => Int)
  detected: number;

  /** Found missed by evidence and not reported by the provider in time. */
  @Field(() => Int)
  detectedNotReported: number;
}

/** Missed visits by provider, named by their ids in no order of merit. */
@ObjectType()
export class MissedVisits extends Stated {
  providers: MissedVisitCounts[];
}
