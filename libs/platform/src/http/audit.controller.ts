import { Controller, Get, Header, Inject, NotFoundException } from '@nestjs/common';
import { RUNTIME, type Runtime } from '../runtime/runtime.js';
import { OpenToEveryone } from '../viewer/roles.js';

/** What an auditor needs to check the log's signed checkpoints. */
@Controller('audit')
@OpenToEveryone()
export class AuditController {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  /** The public key as PEM, and in one line as the verifier key of signed notes. */
  @Get('public-key')
  @Header('content-type', 'text/plain; charset=utf-8')
  publicKey(): string {
    const key = this.runtime.audit?.publicKey;
    if (!key) throw new NotFoundException('This service signs no checkpoints.');
    return `${key.pem}${key.verifier}\n`;
  }
}
