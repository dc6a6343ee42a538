import { InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { Submitted } from '../submitted.commands.js';

/** Asks the council about a request while its window is open; the answer goes to all invited. */
@InputType()
export class AskQuestion extends Submitted {
  @IsUUID()
  requestId: string;

  /** Whose question a broker enters; a provider’s own user leaves it out. */
  @IsOptional()
  @IsUUID()
  providerId?: string;

  @IsNotEmpty()
  @MaxLength(500)
  question: string;
}

/** Answers a question to all invited providers, without naming who asked (S1-9). */
@InputType()
export class AnswerQuestion extends Submitted {
  @IsUUID()
  requestId: string;

  @IsUUID()
  questionId: string;

  /** The question as all will read it; absent: as it was asked. */
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(500)
  question?: string;

  @IsNotEmpty()
  @MaxLength(1000)
  answer: string;
}

export interface QuestionCommands {
  AskQuestion: AskQuestion;
  AnswerQuestion: AnswerQuestion;
}
