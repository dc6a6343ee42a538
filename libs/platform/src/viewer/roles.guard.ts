import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { hasRole, type Actor, type Role } from '#kernel/actor.js';
import { idOfKey } from '#kernel/ids.js';
import { RECORDS_REFUSAL, type RoleRefusal } from '../refusals/records-refusal.js';
import { RUNTIME, type Runtime } from '../runtime/runtime.js';
import { requestOf } from './current-actor.js';
import { DemoLoading, Forbidden } from './refusals.js';
import { OPEN, ROLES } from './roles.js';
import { SIGN_IN, type SignIn } from './sign-in.js';

/** Refuses every call that no `@Roles` allows. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    const graphql = context.getType<string>() === 'graphql';
    if (!graphql && this.isOpen(context)) return true;
    const allowed = this.reflector.get<readonly Role[] | undefined>(ROLES, handler);
    if (!allowed) throw new Forbidden('Nobody may do this.');
    const request = requestOf(context);
    const { actor } = await (request.signedIn ??= this.signIn(request.headers));
    request.actor = actor;
    if (!hasRole(actor, ...allowed)) {
      this.recordRefusal(context, actor);
      throw new Forbidden(`This needs one of these roles: ${allowed.join(', ')}.`);
    }
    if (graphql && isMutation(context)) this.ensureDemoLoaded();
    return true;
  }

  /** Some questions matter though nobody answers them (design section 8). */
  private recordRefusal(context: ExecutionContext, actor: Actor): void {
    const kept = this.reflector.get<RoleRefusal | undefined>(RECORDS_REFUSAL, context.getHandler());
    if (!kept) return;
    const { keptAs: code, kind, argument } = kept;
    const given = context.getArgByIndex<Record<string, unknown>>(1);
    const ids = argument === undefined ? [idOfKey(code)] : [given[argument]].flat();
    for (const id of ids) {
      if (typeof id !== 'string') continue;
      this.runtime.refusals.recordRefusal({ subject: { kind, id }, code, actor });
    }
  }

  private isOpen(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<boolean | undefined>(OPEN, targets) === true;
  }

  private ensureDemoLoaded(): void {
    const demo = this.runtime.demo();
    if (demo.state === 'loading') throw new DemoLoading(demo.percent);
  }
}

const isMutation = (context: ExecutionContext): boolean => {
  const info = context.getArgByIndex<{ parentType?: { name?: string } } | undefined>(3);
  return info?.parentType?.name === 'Mutation';
};
