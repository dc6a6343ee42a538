/**
 * What signs in on GraphiQL's page: authorization code with PKCE by `oauth4webapi`, the token kept
 * for the browser tab. It runs in the browser and shares its module with the page's script.
 */
export const signInScript = `
  import * as oauth from '/graphiql/files/oauth4webapi.js';
  const { origin } = location;
  const server = {
    issuer: settings.issuer,
    authorization_endpoint: origin + settings.issuerPath + '/auth',
    token_endpoint: origin + settings.issuerPath + '/token',
    authorization_response_iss_parameter_supported: true,
  };
  const client = { client_id: 'graphiql', id_token_signed_response_alg: 'ES256' };
  const returnTo = origin + '/graphiql';
  const keep = (name, value) =>
    value === undefined ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, JSON.stringify(value));
  const kept = (name) => JSON.parse(sessionStorage.getItem(name) ?? 'null');

  /** Who is signed in, while the token lasts. */
  const person = () => {
    const token = kept('token');
    if (!token || token.expiresAtMs <= Date.now()) return undefined;
    const [, payload] = token.text.split('.');
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    return { token: token.text, ...JSON.parse(new TextDecoder().decode(bytes)) };
  };

  async function signIn(hint) {
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    keep('signing-in', { verifier, state });
    const address = new URL(server.authorization_endpoint);
    address.search = new URLSearchParams({
      client_id: client.client_id, redirect_uri: returnTo, response_type: 'code', state,
      scope: settings.scope, prompt: 'login', ...(hint && { login_hint: hint }),
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
    });
    location.assign(address);
  }

  async function finishSignIn() {
    const here = new URL(location.href);
    const begun = kept('signing-in');
    if (!begun || !here.searchParams.has('state')) return;
    keep('signing-in', undefined);
    history.replaceState(null, '', '/graphiql');
    const checked = oauth.validateAuthResponse(server, client, here, begun.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server, client, oauth.None(), checked, returnTo, begun.verifier,
      { [oauth.allowInsecureRequests]: true },
    );
    const { access_token: text, expires_in: seconds } =
      await oauth.processAuthorizationCodeResponse(server, client, response);
    keep('token', { text, expiresAtMs: Date.now() + seconds * 1000 });
  }

  const element = (id) => document.getElementById(id);

  function show() {
    const who = person();
    element('who').textContent = who ? 'Signed in as ' + who.name + ' (' + who.roles.join(', ') + ')' : 'Nobody is signed in';
    element('sign-in').textContent = who ? 'Sign in as somebody else' : 'Sign in';
    element('sign-out').hidden = !who;
  }

  /** An example says whom it is for; who is somebody else is offered to sign in as that person. */
  function offer(query) {
    const meant = /#.*Person: ([\\w:-]+)/.exec(query)?.[1];
    element('as-meant').hidden = !meant || meant === person()?.sub;
    element('as-meant').textContent = 'This example is for ' + meant + ': sign in as ' + meant;
    element('as-meant').dataset.person = meant ?? '';
  }

  element('sign-in').addEventListener('click', () => signIn());
  element('as-meant').addEventListener('click', () => signIn(element('as-meant').dataset.person));
  element('sign-out').addEventListener('click', () => { keep('token', undefined); show(); });
  await finishSignIn().catch((error) => { element('problem').textContent = 'Signing in failed: ' + error.message; });
  show();
`;
