import { Inject, Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import type { NextFunction, Response } from 'express';
import type { Config } from '../config/config.js';
import { extensionsOf, faultOf } from '../graphql/faults.js';
import { issuerPath } from '../local-issuer/issuer-names.js';
import { CONFIG } from '../runtime/runtime.js';
import type { SignedRequest } from '../viewer/current-actor.js';
import { SignInUnavailable, TooManyRequests } from '../viewer/refusals.js';
import { SIGN_IN, type SignIn } from '../viewer/sign-in.js';
import { isSigned } from './signed-paths.js';
import { currentRequest } from './request-context.js';

interface Count {
  /** Who or what is counted. */
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** Short, so that a burst is over soon and few moments are remembered. */
const requestWindowMs = 10_000;
const signInWindowMs = 60_000;

/**
 * Counts requests before anything of them is read: a signed-in person's by the person, all others by
 * their address, and those strictly, for they may be guesses. Health and metrics are not counted.
 */
@Injectable()
export class Throttle {
  private made: Promise<ThrottlerStorage> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
  ) {}

  readonly count = (request: SignedRequest, response: Response, next: NextFunction): void => {
    this.counted(request).then((waitSeconds) => {
      if (waitSeconds === 0) next();
      else refuse(response, waitSeconds);
    }, next);
  };

  /** How many seconds the sender has to wait; 0 lets the request through. */
  private async counted(request: SignedRequest): Promise<number> {
    const count = await this.countFor(request);
    if (!count || count.limit === 0) return 0;
    const { key, limit, windowMs } = count;
    const found = await (await this.counts()).increment(key, windowMs, limit, windowMs, 'requests');
    return found.isBlocked ? Math.max(1, found.timeToBlockExpire) : 0;
  }

  /** Loaded late: a CommonJS package that needs Nest cannot be linked together with it by Jest. */
  private counts(): Promise<ThrottlerStorage> {
    this.made ??= import('@nestjs/throttler').then(
      ({ ThrottlerStorageService }) => new ThrottlerStorageService(),
    );
    return this.made;
  }

  private async countFor(request: SignedRequest): Promise<Count | undefined> {
    // Routes are found whatever the case and with a slash at the end.
    const path = request.path.toLowerCase();
    if (/^\/(graphql|events|ecm\/files)(\/|$)/.test(path)) return this.countOfSender(request);
    // Their signature is seen with the body alone, so they count by their address.
    if (isSigned({ url: path })) return this.generously(`signed from ${request.ip}`);
    const issuer = path.startsWith(`${issuerPath}/`);
    const signsIn = issuer && (request.method === 'POST' || path.startsWith(`${issuerPath}/auth`));
    return signsIn ? this.strictly(request) : undefined;
  }

  private async countOfSender(request: SignedRequest): Promise<Count> {
    try {
      const { actor } = await (request.signedIn ??= this.signIn(request.headers));
      return this.generously(`person ${actor.id}`);
    } catch (error) {
      // Nobody can be told from anybody while the issuer is away.
      if (error instanceof SignInUnavailable) return this.generously(`address ${request.ip}`);
      return this.strictly(request);
    }
  }

  private generously(key: string): Count {
    const limit = Math.ceil((this.config.requestsPerMinute * requestWindowMs) / 60_000);
    return { key, limit, windowMs: requestWindowMs };
  }

  private strictly({ ip }: SignedRequest): Count {
    const limit = this.config.signInsPerMinute;
    return { key: `stranger ${ip}`, limit, windowMs: signInWindowMs };
  }
}

function refuse(response: Response, waitSeconds: number): void {
  const fault = faultOf(new TooManyRequests(waitSeconds));
  const { message } = fault;
  const extensions = extensionsOf(fault, currentRequest().requestId);
  response
    .status(429)
    .setHeader('retry-after', String(waitSeconds))
    .json({ errors: [{ message, extensions }] });
}
