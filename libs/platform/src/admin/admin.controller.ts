import { timingSafeEqual } from 'node:crypto';
import {
  Body,
  Controller,
  HttpCode,
  Inject,
  Injectable,
  NotFoundException,
  Param,
  Post,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import { RUNTIME, type Runtime } from '../runtime/runtime.js';
import { Unauthenticated } from '../viewer/refusals.js';
import { OpenToEveryone } from '../viewer/roles.js';
import { perform, type Operations } from './operation.js';

/** Injection tokens: the secret in the service file, and what may be asked. */
export const ADMIN_TOKEN = Symbol('AdminToken');
export const OPERATIONS = Symbol('Operations');

/** Lets in who can read the service file: the user of the service on this machine. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(@Inject(ADMIN_TOKEN) private readonly token: string) {}

  canActivate(context: ExecutionContext): boolean {
    const { authorization = '' } = context.switchToHttp().getRequest<Request>().headers;
    const sent = Buffer.from(authorization);
    const wanted = Buffer.from(`Bearer ${this.token}`);
    if (sent.length === wanted.length && timingSafeEqual(sent, wanted)) return true;
    throw new Unauthenticated('Send the token of the service file in the data directory.');
  }
}

/** The HTTP side of the command line. The guard's token stands for a role. */
@Controller('admin')
@OpenToEveryone()
@UseGuards(AdminGuard)
export class AdminController {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(OPERATIONS) private readonly operations: Operations,
  ) {}

  @Post(':operation')
  @HttpCode(200)
  async perform(@Param('operation') name: string, @Body() sent: unknown): Promise<unknown> {
    const found = Object.hasOwn(this.operations, name) ? this.operations[name] : undefined;
    if (!found) throw new NotFoundException(`There is no operation ${name}.`);
    return perform(this.runtime, found, sent);
  }
}
