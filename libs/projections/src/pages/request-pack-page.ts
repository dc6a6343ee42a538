import { clockInWords, dateInWords } from '#kernel/plain-words.js';
import { civilDateOf, localTimeOf } from '#kernel/time.js';
import {
  criticalWords,
  negotiableWords,
  type PackWords,
  type VisitWords,
} from '#brokerage/package/pack-text.rules.js';
import { pageOf } from './page-renderer.js';

const rendered = pageOf(`{% extends "layout.njk" %}
{% from "govuk/components/summary-list/macro.njk" import govukSummaryList %}
{% from "govuk/components/table/macro.njk" import govukTable %}
{% from "govuk/components/inset-text/macro.njk" import govukInsetText %}
{% block title %}{{ title }}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">{{ title }}</h1>
{{ govukInsetText({ text: deadline }) }}
{{ govukSummaryList({ rows: facts }) }}
{{ govukTable({ caption: "Visits", captionClasses: "govuk-table__caption--m", firstCellIsHeader: true, head: head, rows: visits }) }}
<p class="govuk-body">{{ negotiable }}</p>
{% endblock %}
`);

const cell = (text: string) => ({ text });
const head = ['Visit', 'Days', 'Time wanted', 'Length', 'Carers', 'Tasks'].map(cell);

const visitOnPage = (visit: VisitWords) => [
  cell(String(visit.line)),
  cell(visit.days.charAt(0).toUpperCase() + visit.days.slice(1)),
  cell(visit.noLaterThan ? `${visit.start}, no later than ${visit.noLaterThan}` : visit.start),
  cell(visit.length),
  cell(visit.carers),
  cell(visit.critical ? `${visit.tasks}. ${criticalWords}` : visit.tasks),
];

/** Until when a reply counts (X4). */
export const replyWords = (closesAt: string): string =>
  `A reply counts when it is received before ${clockInWords(localTimeOf(closesAt))} on ` +
  `${dateInWords(civilDateOf(closesAt))}.`;

/** The anonymised pack, for print and mail (S1-9, X4). */
export const requestPackPage = ({
  title,
  facts,
  visits,
  closesAt,
}: PackWords & { readonly closesAt: string }): string =>
  rendered({
    ...{ title, head, negotiable: negotiableWords, deadline: replyWords(closesAt) },
    facts: facts.map(({ label, words }) => ({ key: { text: label }, value: { text: words } })),
    visits: visits.map(visitOnPage),
  });
