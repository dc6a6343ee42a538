import type { Role } from '#kernel/actor.js';
import { escaped } from '../http/html.js';

/** Somebody who can be picked on the page. */
export interface SignInChoice {
  readonly id: string;
  readonly name: string;
  readonly does: string;
  readonly role: Role;
}

const headings: Partial<Record<Role, string>> = {
  broker: 'Brokers',
  'senior-broker': 'Senior brokers',
  commissioner: 'Commissioners',
  finance: 'Finance',
  'quality-officer': 'Quality officers',
  'panel-member': 'Panel members',
  auditor: 'Auditors',
  administrator: 'Administrators',
  'case-system': 'Systems',
  'external-broker': 'External broker organisations',
  provider: 'Providers',
};

const choiceOf = ({ id, name, does }: SignInChoice): string =>
  `<li><button name="person" value="${escaped(id)}">${escaped(name)}</button> <span>${escaped(does)}</span></li>`;

const groupOf = (role: Role, choices: readonly SignInChoice[]): string => {
  const of = choices.filter((choice) => choice.role === role);
  if (of.length === 0) return '';
  const heading = `group-${role}`;
  return `<section aria-labelledby="${heading}"><h2 id="${heading}">${headings[role] ?? role}</h2>
<ul>${of.map(choiceOf).join('\n')}</ul></section>`;
};

/**
 * The demo people by role, each a button: it works without JavaScript and with a keyboard alone.
 *
 * @param hint the person whom the page was asked for, who then stands first
 */
export function signInPage(
  nonce: string,
  action: string,
  choices: readonly SignInChoice[],
  hint: string | undefined,
): string {
  const hinted = choices.find(({ id }) => id === hint);
  const roles = Object.keys(headings) as Role[];
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Sign in as a demo person · care brokerage</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1.1rem/1.5 sans-serif; color: #0b0c0c }
ul { list-style: none; padding: 0 }
li { margin: 0.4rem 0 }
button { font: inherit; min-width: 15rem; padding: 0.3rem 0.8rem; text-align: left; cursor: pointer;
  color: #0b0c0c; background: #f3f2f1; border: 1px solid #505a5f }
button:focus-visible { outline: 3px solid #0b0c0c; background: #fd0 }
</style>
</head>
<body>
<main>
<h1>Sign in as a demo person</h1>
<p>Everybody here is invented. This page is for development; a council’s own sign-in takes its place.</p>
<form method="post" action="${escaped(action)}">
${hinted ? `<section aria-labelledby="asked-for"><h2 id="asked-for">Asked for</h2><ul>${choiceOf(hinted)}</ul></section>` : ''}
${roles.map((role) => groupOf(role, choices)).join('\n')}
</form>
</main>
</body>
</html>
`;
}

/** The page's content security policy: one style by nonce, a form to ourselves, nothing else. */
export const signInPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
