import { randomBytes } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type Provider from 'oidc-provider';
import { InvalidInput } from '../graphql/invalid-input.js';
import { demoActor } from '../viewer/demo-people.js';
import { OpenToEveryone } from '../viewer/roles.js';
import { sessionSeconds } from './issuer-names.js';
import { LOCAL_ISSUER, type LocalIssuer } from './local-issuer.js';
import {
  REGISTERED_PROVIDERS,
  signInChoices,
  type RegisteredProviders,
} from './sign-in-choices.js';
import { signInPage, signInPolicy } from './sign-in-page.js';

/** The page on which a person is picked, in the middle of an authorization request. */
@Controller('oidc/sign-in/:uid')
@OpenToEveryone()
export class SignInController {
  constructor(
    @Inject(LOCAL_ISSUER) private readonly issuer: LocalIssuer | undefined,
    @Inject(REGISTERED_PROVIDERS) private readonly providers: RegisteredProviders,
  ) {}

  @Get()
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { params } = await this.asked(await this.provider(), request, response);
    const nonce = randomBytes(16).toString('base64');
    const hint = typeof params['login_hint'] === 'string' ? params['login_hint'] : undefined;
    response.setHeader('content-security-policy', signInPolicy(nonce));
    response.setHeader('cache-control', 'no-store');
    response
      .type('html')
      .send(signInPage(nonce, request.originalUrl, signInChoices(this.providers()), hint));
  }

  @Post()
  async signIn(
    @Body() sent: { person?: unknown } | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const provider = await this.provider();
    const { session } = await this.asked(provider, request, response);
    const actor = typeof sent?.person === 'string' ? demoActor(sent.person) : undefined;
    if (!actor) throw unknownPerson();
    // Without a word on consent a program on this machine would be asked for it each time.
    const result = { login: { accountId: actor.id }, consent: {} };
    const next = await provider.interactionResult(request, response, result);
    if (session) await forget(provider, session.uid);
    response.redirect(303, next);
  }

  private async provider(): Promise<Provider> {
    if (!this.issuer) throw new NotFoundException('There is nothing at this address.');
    return this.issuer.provider();
  }

  /** The request that led here; its cookie ties the page to one browser. */
  private async asked(provider: Provider, request: Request, response: Response) {
    try {
      return await provider.interactionDetails(request, response);
    } catch {
      throw new NotFoundException('This sign-in is over. Go back to where it began.');
    }
  }
}

/** Who was signed in makes room; otherwise the issuer would ask to sign out first, by a script. */
async function forget(provider: Provider, sessionUid: string): Promise<void> {
  const session = await provider.Session.findByUid(sessionUid);
  if (!session) return;
  delete session.accountId;
  session.authorizations = {};
  await session.save(sessionSeconds);
}

const unknownPerson = (): InvalidInput => {
  const message = 'Pick one of the people on the page.';
  return new InvalidInput([{ code: 'unknownPerson', path: 'person', message }]);
};
