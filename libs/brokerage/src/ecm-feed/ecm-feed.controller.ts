import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { idOfKey, isUuid } from '#kernel/ids.js';
import { currentRequest } from '#platform/http/request-context.js';
import { RUNTIME, type Runtime } from '#platform/runtime/runtime.js';
import { DemoLoading, Unauthenticated } from '#platform/viewer/refusals.js';
import { OpenToEveryone } from '#platform/viewer/roles.js';
import { requestText } from '#platform/webhooks/request-text.js';
import { verified } from '#platform/webhooks/verified-request.js';
import { FeedIntake, type FeedReceipt } from './feed-intake.js';
import { FeedSecrets } from './feed-secrets.js';

/**
 * Takes log-ins and log-outs as they happen (S1-15): JSON signed as Standard Webhooks says, with a
 * secret of the provider that the address names. `2xx` is answered once all is durable.
 */
@Controller('ecm/events')
export class EcmFeedController {
  private readonly secrets: FeedSecrets;
  private readonly intake: FeedIntake;

  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {
    this.secrets = new FeedSecrets(runtime.commands);
    this.intake = new FeedIntake(runtime.commands);
  }

  @Post(':providerId')
  @HttpCode(200)
  @OpenToEveryone()
  async receive(
    @Req() request: Request,
    @Param('providerId') providerId: string,
  ): Promise<FeedReceipt> {
    const body = requestText(request.body);
    const known = isUuid(providerId) ? await this.secrets.of(providerId) : [];
    const { headers } = request;
    const now = this.runtime.commands.now();
    const signed = body === undefined ? undefined : verified({ headers, body }, known, now);
    if (!signed || body === undefined) throw this.refused(providerId);
    const demo = this.runtime.demo();
    if (demo.state === 'loading') throw new DemoLoading(demo.percent);
    const { correlationId } = currentRequest();
    return this.intake.take({ providerId, webhookId: signed.id, body }, correlationId);
  }

  /** One answer for whatever is wrong; counted by the hour, whoever tries and however often. */
  private refused(providerId: string): Unauthenticated {
    const actor = { id: strangers, roles: [] };
    const id = isUuid(providerId) ? providerId : idOfKey('no provider');
    const subject = { kind: 'provider' as const, id };
    this.runtime.refusals.recordRefusal({ subject, code: keptAs, actor });
    return new Unauthenticated(
      'This request is not signed by a secret of this provider that is good now, or was signed more than five minutes ago. Sign it as Standard Webhooks says, with webhook-id, webhook-timestamp and webhook-signature.',
    );
  }
}

const strangers = 'unsigned-feed';

/** The caller hears `UNAUTHENTICATED`. */
const keptAs = 'FeedRequestNotTrusted';
