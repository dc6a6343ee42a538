import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { idOfKey } from '#kernel/ids.js';
import { currentRequest } from '#platform/http/request-context.js';
import { RUNTIME, type Runtime } from '#platform/runtime/runtime.js';
import { DemoLoading, Unauthenticated } from '#platform/viewer/refusals.js';
import { OpenToEveryone } from '#platform/viewer/roles.js';
import { requestText } from '#platform/webhooks/request-text.js';
import { verified } from '#platform/webhooks/verified-request.js';
import { CaseSystems } from '../case-system/case-systems.js';
import { CaseIntake, type CaseReceipt } from './case-intake.js';

/**
 * Takes what the case system says (S1-8): one JSON message a request, signed as Standard Webhooks
 * says with a secret of the system that it names. `2xx` is answered once it is durable.
 */
@Controller('integrations/case-system/events')
export class CaseInboxController {
  private readonly systems: CaseSystems;
  private readonly intake: CaseIntake;

  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {
    this.systems = new CaseSystems(runtime.commands);
    this.intake = new CaseIntake(runtime.commands);
  }

  @Post()
  @HttpCode(200)
  @OpenToEveryone()
  async receive(@Req() request: Request): Promise<CaseReceipt> {
    const body = requestText(request.body);
    const system = systemNamed(body);
    const known = system === undefined ? [] : (await this.systems.of(system)).secrets.in;
    const { headers } = request;
    const now = this.runtime.commands.now();
    const signed = body === undefined ? undefined : verified({ headers, body }, known, now);
    if (!signed || body === undefined) throw this.refused(system);
    const demo = this.runtime.demo();
    if (demo.state === 'loading') throw new DemoLoading(demo.percent);
    return this.intake.take(signed.id, body, currentRequest().correlationId);
  }

  /** One answer for whatever is wrong; counted by the hour, whoever tries and however often. */
  private refused(system: string | undefined): Unauthenticated {
    const actor = { id: 'unsigned-case-system', roles: [] };
    const id = idOfKey('case system', system ?? 'none');
    const subject = { kind: 'case-system' as const, id };
    this.runtime.refusals.recordRefusal({ subject, code: keptAs, actor });
    return new Unauthenticated(
      'This request is not signed by a secret of its case system that is good now, or was signed more than five minutes ago. Sign it as Standard Webhooks says, with webhook-id, webhook-timestamp and webhook-signature.',
    );
  }
}

/** The caller hears `UNAUTHENTICATED`. */
const keptAs = 'CaseRequestNotTrusted';

const systemForm = /^[\w-]{1,40}$/;

/** The case system that a body names, before anything of it is believed. */
function systemNamed(body: string | undefined): string | undefined {
  try {
    const { data } = JSON.parse(body ?? '') as { readonly data?: { readonly system?: unknown } };
    const system = data?.system;
    return typeof system === 'string' && systemForm.test(system) ? system : undefined;
  } catch {
    return undefined;
  }
}
