import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { demoActor, whomToName } from '../viewer/demo-people.js';
import { resourceServer } from './issuer-configuration.js';
import { demoPersonGrant, localAudience, localScope, sessionSeconds } from './issuer-names.js';

interface Asked {
  readonly person?: string;
  /** Seconds until the token expires, for those who try that out. */
  readonly expires_in?: string;
}

/** `POST /oidc/token` with `grant_type`, `client_id=scripts` and `person` answers a token. */
export function allowDemoPersonGrant(provider: Provider): void {
  provider.registerGrantType<Asked>(
    demoPersonGrant,
    async (context) => {
      const { client, params } = context.oidc;
      const expiresIn = lifetimeOf(params.expires_in);
      const token = new provider.AccessToken({
        ...{ client, accountId: accountOf(params.person), expiresIn },
        ...{ gty: 'demo_person', grantId: 'demo-person', scope: localScope },
        resourceServer: new provider.ResourceServer(localAudience, resourceServer),
      });
      context.body = {
        ...{ access_token: await token.save(), token_type: 'Bearer' },
        ...{ expires_in: expiresIn, scope: localScope },
      };
    },
    ['person', 'expires_in'],
  );
}

function accountOf(person = ''): string {
  const actor = demoActor(person);
  if (actor) return actor.id;
  throw new errors.InvalidRequest(`person must be one of: ${whomToName}`);
}

function lifetimeOf(asked: string | undefined): number {
  if (asked === undefined) return sessionSeconds;
  const seconds = /^\d{1,5}$/.test(asked) ? Number(asked) : 0;
  if (seconds > 0 && seconds <= sessionSeconds) return seconds;
  throw new errors.InvalidRequest(`expires_in must be from 1 to ${sessionSeconds} seconds`);
}
