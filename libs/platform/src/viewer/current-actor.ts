import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '#kernel/actor.js';
import { currentRequest } from '../http/request-context.js';
import type { SignedIn } from './sign-in.js';

/** A request whose sender the guard has named. */
export interface SignedRequest extends Request {
  actor?: Actor;
  /** Its token is verified once, however many fields are guarded. */
  signedIn?: Promise<SignedIn>;
}

/** The HTTP request behind a GraphQL or HTTP call. */
export const requestOf = (context: ExecutionContext): SignedRequest =>
  context.getType<string>() === 'graphql'
    ? context.getArgByIndex<{ req: SignedRequest }>(2).req
    : context.switchToHttp().getRequest<SignedRequest>();

const actorOf = (context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
  if (!actor) throw new Error('an actor is known only behind the guard');
  return actor;
};

/** The `Actor` (and `Viewer`) who calls this method. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) =>
  actorOf(context),
);

/** The `Submission` of the command that this method executes: the actor and the trace it came in. */
export const CurrentSubmission = createParamDecorator((_: unknown, context: ExecutionContext) => ({
  actor: actorOf(context),
  correlationId: currentRequest().correlationId,
}));
