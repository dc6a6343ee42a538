import { randomBytes } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { demoActor, demoNameOf } from '../viewer/demo-people.js';
import {
  demoPersonGrant,
  issuerPath,
  localAudience,
  localScope,
  sessionSeconds,
} from './issuer-names.js';
import { SignInRecords } from './sign-in-records.js';
import { signingAlgorithm, type SigningKeys } from './signing-keys.js';

const loopbacks = ['127.0.0.1', 'localhost', '[::1]'];

/** What the resource server of `localAudience` is to the issuer. */
export const resourceServer = {
  scope: localScope,
  audience: localAudience,
  accessTokenFormat: 'jwt',
  accessTokenTTL: sessionSeconds,
  jwt: { sign: { alg: signingAlgorithm } },
} as const;

/** What a token says about a demo person beside who it is. */
export function demoClaims(id: string | undefined): Record<string, unknown> | undefined {
  const actor = id === undefined ? undefined : demoActor(id);
  if (!actor) return undefined;
  const { roles, organisation } = actor;
  return { name: demoNameOf(actor), roles, ...(organisation && { organisation }) };
}

/** The configuration of `oidc-provider`: authorization code with PKCE, and demo people alone. */
export const issuerConfiguration = ({ keys }: SigningKeys): Configuration => ({
  adapter: SignInRecords,
  jwks: { keys: [...keys] },
  enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
  clientDefaults: { id_token_signed_response_alg: signingAlgorithm },
  clients: [
    {
      client_id: 'graphiql',
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: loopbacks.map((host) => `http://${host}/graphiql`),
    },
    {
      client_id: 'scripts',
      token_endpoint_auth_method: 'none',
      grant_types: [demoPersonGrant],
      response_types: [],
      redirect_uris: [],
    },
  ],
  scopes: ['openid', localScope],
  cookies: { keys: [randomBytes(32).toString('hex')] },
  ttl: {
    ...{ AuthorizationCode: 60, IdToken: 3_600, Interaction: 3_600 },
    ...{ Session: sessionSeconds, Grant: sessionSeconds, AccessToken: sessionSeconds },
  },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => localAudience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => resourceServer,
    },
  },
  clientBasedCORS: ({ origin }, asking) => origin === asking && isLoopback(origin),
  interactions: { url: (_, { uid }) => `${issuerPath}/sign-in/${uid}` },
  findAccount: (_, id) =>
    demoActor(id) && { accountId: id, claims: () => ({ sub: id, name: demoClaims(id)?.['name'] }) },
  extraTokenClaims: (_, token) => demoClaims('accountId' in token ? token.accountId : undefined),
  loadExistingGrant: everythingGranted,
  renderError: (context, { error, error_description: description }) => {
    context.type = 'json';
    context.body = { error, error_description: description };
  },
});

/** A page of this service: one on another name could be anybody's, pointed at this machine. */
const isLoopback = (origin: string) => loopbacks.includes(new URL(origin).hostname);

/** The page and the scripts are ours: nobody is asked for consent. */
async function everythingGranted({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (!client || !session?.accountId) return undefined;
  const { clientId } = client;
  const grant = new provider.Grant({ clientId, accountId: session.accountId });
  grant.addOIDCScope(`openid ${localScope}`);
  grant.addResourceScope(localAudience, localScope);
  await grant.save();
  return grant;
}
