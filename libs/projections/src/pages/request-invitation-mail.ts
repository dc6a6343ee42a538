import type { RequestPack } from '#brokerage/package/package.events.js';
import {
  criticalWords,
  negotiableWords,
  packText,
  packWords,
} from '#brokerage/package/pack-text.rules.js';
import type { Instant } from '#kernel/time.js';
import { pageOf } from './page-renderer.js';
import { replyWords } from './request-pack-page.js';

const html = pageOf(`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{{ title }}</title>
</head>
<body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5; color: #0b0c0c">
<h1 style="font-size: 24px">{{ title }}</h1>
<p>{{ deadline }}</p>
<p><a href="{{ link }}">Read the request and offer times</a></p>
<h2 style="font-size: 19px">What is needed</h2>
<ul>
{% for fact in facts %}<li>{{ fact.label }}: {{ fact.words }}</li>
{% endfor %}</ul>
<table style="border-collapse: collapse">
<caption style="text-align: left; font-weight: bold">Visits</caption>
<thead><tr>
{% for name in ["Visit", "Days", "Time wanted", "Length", "Carers", "Tasks"] %}<th scope="col" style="text-align: left; padding: 4px 12px 4px 0">{{ name }}</th>
{% endfor %}</tr></thead>
<tbody>
{% for visit in visits %}<tr>
<th scope="row" style="text-align: left; padding: 4px 12px 4px 0">{{ visit.line }}</th>
<td style="padding: 4px 12px 4px 0">{{ visit.days }}</td>
<td style="padding: 4px 12px 4px 0">{{ visit.start }}{% if visit.noLaterThan %}, no later than {{ visit.noLaterThan }}{% endif %}</td>
<td style="padding: 4px 12px 4px 0">{{ visit.length }}</td>
<td style="padding: 4px 12px 4px 0">{{ visit.carers }}</td>
<td style="padding: 4px 12px 4px 0">{{ visit.tasks }}{% if visit.critical %}. {{ critical }}{% endif %}</td>
</tr>
{% endfor %}</tbody>
</table>
<p>{{ negotiable }}</p>
</body>
</html>
`);

/** What an invitation to a request says. */
export interface RequestInvitation {
  readonly pack: RequestPack;
  readonly closesAt: Instant;
  /** Where the provider reads the request and answers it, after sign-in. */
  readonly link: string;
}

/**
 * The invitation of a provider to a request: its number alone in the subject, the pack as it was
 * leak-checked, no free text, nothing that says who the person is (S1-9).
 */
export function requestInvitation({ pack, closesAt, link }: RequestInvitation) {
  const deadline = replyWords(closesAt);
  const { title, facts, visits } = packWords(pack);
  const words = { title, facts, visits, deadline, link };
  return {
    subject: pack.requestNumber,
    text: `${packText(pack)}\n\n${deadline}\n\nRead the request and offer times:\n${link}\n`,
    html: html({ ...words, critical: criticalWords, negotiable: negotiableWords }),
  };
}
