import { InputType } from '@nestjs/graphql';
import { IsBoolean, IsOptional, Matches, MaxLength } from 'class-validator';
import { Submitted } from '../submitted.commands.js';

const alarmId = /^[0-9a-f-]{36}\.\d{4}-\d{2}-\d{2}\.\d+\.\d+\.(missed-visit|welfare-check)$/;

/** Takes an alarm: from now on you see to it (X26). */
@InputType()
export class TakeVisitAlarm extends Submitted {
  @Matches(alarmId)
  alarmId: string;
}

/** An alarm waited too long. Sent by the service itself. */
export class EscalateVisitAlarm extends Submitted {
  alarmId: string;
  /** 1 for the first time it is escalated. */
  level: number;
  dueAt: string;
}

/** Closes an alarm with what was found (X26). */
@InputType()
export class CloseVisitAlarm extends Submitted {
  @Matches(alarmId)
  alarmId: string;

  /** The person was seen or spoken to, and is safe. */
  @IsBoolean()
  personSafe: boolean;

  @IsBoolean()
  safeguardingRaised: boolean;

  @IsOptional()
  @MaxLength(1000)
  note?: string;
}

export interface VisitAlarmCommands {
  TakeVisitAlarm: TakeVisitAlarm;
  EscalateVisitAlarm: EscalateVisitAlarm;
  CloseVisitAlarm: CloseVisitAlarm;
}
