import type { Server } from 'node:http';
import { Module, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Config } from '../config/config.js';
import { addressOf, reachable } from '../http/address.js';
import { RUNTIME, type Runtime } from '../runtime/runtime.js';
import { issuerKeys } from '../viewer/issuer-keys.js';
import { SIGN_IN, noSignIn, tokenSignIn, type SignIn } from '../viewer/sign-in.js';
import { tokenVerifier } from '../viewer/token-verifier.js';
import { LOCAL_ISSUER, LocalIssuer } from './local-issuer.js';
import { REGISTERED_PROVIDERS, type RegisteredProviders } from './sign-in-choices.js';
import { SignInController } from './sign-in.controller.js';

/** How people sign in, as the configuration says. */
@Module({})
export class SignInModule {
  /** @param providersOf names the providers of the running service, for the local issuer's page */
  static of(config: Config, providersOf: (runtime: Runtime) => RegisteredProviders): DynamicModule {
    return {
      module: SignInModule,
      global: true,
      controllers: config.signIn.by === 'local-issuer' ? [SignInController] : [],
      providers: [
        {
          provide: LOCAL_ISSUER,
          inject: [HttpAdapterHost],
          useFactory: (host: HttpAdapterHost) => localIssuerFor(config, host),
        },
        {
          provide: SIGN_IN,
          inject: [LOCAL_ISSUER],
          useFactory: (issuer: LocalIssuer | undefined) => signInFor(config, issuer),
        },
        { provide: REGISTERED_PROVIDERS, inject: [RUNTIME], useFactory: providersOf },
      ],
      exports: [SIGN_IN, LOCAL_ISSUER],
    };
  }
}

function localIssuerFor(
  { signIn, store, dataDir }: Config,
  host: HttpAdapterHost,
): LocalIssuer | undefined {
  if (signIn.by !== 'local-issuer') return undefined;
  const origin = () => reachable(addressOf(host.httpAdapter.getHttpServer() as Server));
  return new LocalIssuer(origin, store === 'memory' ? undefined : dataDir);
}

const askForToken = 'Send the header `authorization: Bearer <token>`';

function signInFor({ signIn }: Config, local: LocalIssuer | undefined): SignIn {
  if (local) {
    const howTo = `${askForToken}; \`npm run -s brokerage -- sign-in broker\` prints a token.`;
    return tokenSignIn(local.verify, howTo);
  }
  if (signIn.by !== 'oidc') return noSignIn;
  const { issuer, audience, claims } = signIn;
  const keys = issuerKeys({
    issuer,
    jwksUri: signIn.jwksUri,
    maxAgeSeconds: signIn.keysMaxAgeSeconds,
  });
  const verify = tokenVerifier({ issuer: () => issuer, audience, keys, claims });
  return tokenSignIn(verify, `${askForToken} with one that ${issuer} has issued.`);
}
