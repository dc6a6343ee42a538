import { pageOf } from '../pages/page-renderer.js';

/** A table to print: sentences above it, and where the same is found as a file. */
export interface AuditTable {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly csvAddress: string;
}

const rendered = pageOf(`{% extends "layout.njk" %}
{% from "govuk/components/table/macro.njk" import govukTable %}
{% block title %}{{ title }}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">{{ title }}</h1>
{% for sentence in sentences %}<p class="govuk-body">{{ sentence }}</p>
{% endfor %}
<p class="govuk-body"><a class="govuk-link" href="{{ csvAddress }}">Download this list (CSV)</a></p>
{% if rows.length %}
<div class="scroll" tabindex="0" role="region" aria-label="Table: {{ title }}">
{{ govukTable({ caption: title, captionClasses: "govuk-visually-hidden", head: head, rows: rows }) }}
</div>
{% else %}<p class="govuk-body">Nothing is recorded.</p>{% endif %}
{% endblock %}
`);

const cells = (texts: readonly string[]) => texts.map((text) => ({ text }));

/** The table as a page of HTML. */
export const auditPage = ({ head, rows, ...table }: AuditTable): string =>
  rendered({ ...table, head: cells(head), rows: rows.map(cells) });
