import { issuerPath, localScope } from '../local-issuer/issuer-names.js';
import type { ExampleQuery } from './example-queries.js';
import { signInScript } from './graphiql-sign-in.js';

/** JSON inside a script element: nothing in it can end the element. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const tabOf = ({ query, variables }: ExampleQuery) => ({
  query,
  ...(Object.keys(variables).length > 0 && { variables: JSON.stringify(variables, null, 2) }),
});

/**
 * What runs in the browser. A header typed into the editor wins over the sign-in. Right after a change
 * of tabs the editor still names the operation of the tab before; such a name is left out.
 */
const script = `
  const fetcher = async (params, options) => {
    const token = settings.issuer && person()?.token;
    const signedIn = token ? { authorization: 'Bearer ' + token } : {};
    const headers = { 'content-type': 'application/json', ...signedIn, ...options?.headers };
    if (settings.issuer && params.operationName !== 'IntrospectionQuery') offer(params.query);
    const { operationName, ...operation } = params;
    const named = new RegExp('(query|mutation)\\\\s+' + operationName + '\\\\b').test(params.query);
    const body = JSON.stringify(named ? params : operation);
    const response = await fetch('/graphql', { method: 'POST', headers, body });
    return response.json();
  };
  ReactDOM.createRoot(document.getElementById('graphiql')).render(
    React.createElement(GraphiQL, {
      fetcher,
      defaultTabs: settings.tabs,
      defaultEditorToolsVisibility: false,
      isHeadersEditorEnabled: true,
    }),
  );
`;

const signInBar = `<span id="who" role="status">Nobody is signed in</span>
<button id="sign-in">Sign in</button>
<button id="sign-out" hidden>Sign out</button>
<button id="as-meant" hidden></button>
<strong id="problem" role="alert"></strong>`;

const tokenBar = '<span>Put a token under Headers: {"authorization": "Bearer …"}</span>';

/**
 * GraphiQL with the examples as tabs; all files come from here.
 *
 * @param issuer the local issuer, which signs in on the page; without it a token is typed in
 */
export const graphiqlPage = (
  nonce: string,
  examples: readonly ExampleQuery[],
  issuer: string | undefined,
): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>GraphiQL · care brokerage</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/graphiql/files/graphiql.css">
<style>
body { margin: 0; height: 100vh; display: flex; flex-direction: column; font: 14px sans-serif }
header { display: flex; gap: 12px; align-items: center; padding: 6px 12px; background: #f3f2f1 }
#graphiql { flex: 1; min-height: 0 }
button { font: inherit }
</style>
</head>
<body>
<header>
${issuer ? signInBar : tokenBar}
</header>
<main id="graphiql">Loading…</main>
<script src="/graphiql/files/react.js"></script>
<script src="/graphiql/files/react-dom.js"></script>
<script src="/graphiql/files/graphiql.js"></script>
<script nonce="${nonce}" type="module">
const settings = ${scriptJson({ issuer, issuerPath, scope: `openid ${localScope}`, tabs: examples.map(tabOf) })};
${issuer ? signInScript : ''}${script}</script>
</body>
</html>
`;

/** The page's content security policy: own files, one script by nonce, styles the editor writes. */
export const graphiqlPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
