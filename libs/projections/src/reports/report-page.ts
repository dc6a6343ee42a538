import { pageOf } from '../pages/page-renderer.js';
import type { BarChart } from './share-chart.rules.js';

/** A table of a report: the first cell of each row names it. */
export interface ReportTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A report as a page: sentences, and for each chart the table of what it shows. */
export interface Report {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly warning?: string;
  readonly csvAddress: string;
  readonly parts: readonly { readonly chart: BarChart; readonly table: ReportTable }[];
}

const rendered = pageOf(`{% extends "layout.njk" %}
{% from "govuk/components/table/macro.njk" import govukTable %}
{% from "govuk/components/inset-text/macro.njk" import govukInsetText %}
{% block title %}{{ title }}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">{{ title }}</h1>
{% for sentence in sentences %}<p class="govuk-body">{{ sentence }}</p>
{% endfor %}
{% if warning %}{{ govukInsetText({ text: warning }) }}{% endif %}
<p class="govuk-body"><a class="govuk-link" href="{{ csvAddress }}">Download these figures (CSV)</a></p>
{% for part in parts %}
{% set chart = part.chart %}
<section aria-labelledby="{{ chart.id }}-heading">
<h2 class="govuk-heading-m" id="{{ chart.id }}-heading">{{ chart.title }}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Chart: {{ chart.title }}">
<svg class="chart" role="img" aria-labelledby="{{ chart.id }}-title {{ chart.id }}-desc" width="{{ chart.width }}" height="{{ chart.height }}" viewBox="0 0 {{ chart.width }} {{ chart.height }}" font-family="arial, sans-serif" font-size="15">
<title id="{{ chart.id }}-title">{{ chart.title }}</title>
<desc id="{{ chart.id }}-desc">{{ chart.description }}</desc>
{% for tick in chart.ticks %}<line x1="{{ tick.at }}" y1="0" x2="{{ tick.at }}" y2="{{ chart.bottom }}" stroke="#b1b4b6"/>
<text x="{{ tick.at }}" y="{{ chart.bottom + 18 }}" text-anchor="middle" fill="#0b0c0c">{{ tick.percent }} %</text>
{% endfor %}
{% for bar in chart.bars %}<text x="{{ chart.left - 10 }}" y="{{ bar.middle + 5 }}" text-anchor="end" fill="#0b0c0c">{{ bar.label }}</text>
<rect x="{{ chart.left }}" y="{{ bar.top }}" width="{{ bar.width }}" height="28" fill="#5694ca"/>
{% if bar.low is defined %}<line x1="{{ bar.low }}" y1="{{ bar.middle }}" x2="{{ bar.high }}" y2="{{ bar.middle }}" stroke="#0b0c0c" stroke-width="2"/>
<line x1="{{ bar.low }}" y1="{{ bar.middle - 5 }}" x2="{{ bar.low }}" y2="{{ bar.middle + 5 }}" stroke="#0b0c0c" stroke-width="2"/>
<line x1="{{ bar.high }}" y1="{{ bar.middle - 5 }}" x2="{{ bar.high }}" y2="{{ bar.middle + 5 }}" stroke="#0b0c0c" stroke-width="2"/>{% endif %}
{% if bar.target is defined %}<line x1="{{ bar.target }}" y1="{{ bar.top - 3 }}" x2="{{ bar.target }}" y2="{{ bar.top + 31 }}" stroke="#942514" stroke-width="3" stroke-dasharray="5 3"/>{% endif %}
<text x="{{ chart.right + 10 }}" y="{{ bar.middle + 5 }}" fill="#0b0c0c">{{ bar.value }}</text>
{% endfor %}
</svg>
</div>
<div class="scroll" tabindex="0" role="region" aria-label="Table: {{ part.table.caption }}">
{{ govukTable({ caption: part.table.caption, captionClasses: "govuk-table__caption--s", firstCellIsHeader: true, head: part.table.head, rows: part.table.rows }) }}
</div>
</section>
{% else %}<p class="govuk-body">There are no figures for this month.</p>
{% endfor %}
{% endblock %}
`);

const cell = (text: string) => ({ text });

/** A report as HTML: charts drawn on the server, the table of each beneath it. */
export const reportPage = (report: Report): string =>
  rendered({
    ...report,
    parts: report.parts.map(({ chart, table }) => ({
      chart,
      table: {
        caption: table.caption,
        head: table.head.map(cell),
        rows: table.rows.map((row) => row.map(cell)),
      },
    })),
  });
