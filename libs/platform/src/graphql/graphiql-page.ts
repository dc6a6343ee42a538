import { demoPeople } from '../viewer/demo-people.js';
import { demoHeader } from '../viewer/sign-in.js';
import type { ExampleQuery } from './example-queries.js';

/** Text inside HTML. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** JSON inside a script element: nothing in it can end the element. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const people = demoPeople
  .map(
    ({ id, name, does }) => `<option value="${id}">${escaped(`${id}: ${name}, ${does}`)}</option>`,
  )
  .join('');

const tabOf = ({ query, variables }: ExampleQuery) => ({
  query,
  ...(Object.keys(variables).length > 0 && { variables: JSON.stringify(variables, null, 2) }),
});

/**
 * What runs in the browser. A header typed into the editor wins over the picker. Right after a change
 * of tabs the editor still names the operation of the tab before; such a name is left out.
 */
const script = `
  const picker = document.getElementById('person');
  const personOf = (query) => picker.value || /#.*Person: ([\\w:-]+)/.exec(query)?.[1] || 'broker';
  const fetcher = async (params, options) => {
    const person = { [settings.header]: personOf(params.query) };
    const headers = { 'content-type': 'application/json', ...person, ...options?.headers };
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

/** GraphiQL with the examples as tabs and a picker of demo people; all files come from here. */
export const graphiqlPage = (
  nonce: string,
  examples: readonly ExampleQuery[],
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
select { font: inherit; max-width: 60vw }
</style>
</head>
<body>
<header>
<label for="person">Ask as</label>
<select id="person"><option value="">the person that the query names (else broker)</option>${people}</select>
</header>
<main id="graphiql">Loading…</main>
<script src="/graphiql/files/react.js"></script>
<script src="/graphiql/files/react-dom.js"></script>
<script src="/graphiql/files/graphiql.js"></script>
<script nonce="${nonce}">
const settings = ${scriptJson({ header: demoHeader, tabs: examples.map(tabOf) })};
${script}</script>
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
