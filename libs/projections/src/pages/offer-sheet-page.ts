import { clockInWords, countInWords, minutesInWords } from '#kernel/plain-words.js';
import type { OfferSheet, SheetOffer } from '../offer-sheet/offer-sheet.view.js';
import { pageOf } from './page-renderer.js';

const rendered = pageOf(`{% extends "layout.njk" %}
{% from "govuk/components/summary-list/macro.njk" import govukSummaryList %}
{% from "govuk/components/table/macro.njk" import govukTable %}
{% from "govuk/components/inset-text/macro.njk" import govukInsetText %}
{% block title %}Your offers of care · request {{ requestNumber }}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Your offers of care</h1>
<p class="govuk-body">Request {{ requestNumber }}</p>
{% for sentence in introduction %}<p class="govuk-body">{{ sentence }}</p>
{% endfor %}
{% for offer in offers %}
<section class="offer" aria-labelledby="offer-{{ offer.label }}">
<h2 class="govuk-heading-m" id="offer-{{ offer.label }}">{{ offer.heading }}</h2>
{% if offer.gone %}{{ govukInsetText({ text: offer.gone }) }}{% endif %}
{{ govukSummaryList({ rows: offer.facts }) }}
{{ govukTable({ caption: offer.caption, captionClasses: "govuk-table__caption--s", firstCellIsHeader: true, head: head, rows: offer.visits }) }}
</section>
{% endfor %}
<h2 class="govuk-heading-m">What happens next</h2>
<p class="govuk-body">Tell your broker which offer you take, or that you take none. The times of the offer you take become the agreed times.</p>
{% endblock %}
`);

const cell = (text: string) => ({ text });
const fact = (key: string, value: string) => ({ key: { text: key }, value: { text: value } });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const offerOnPage = (offer: SheetOffer) => ({
  label: offer.label,
  heading: `Offer ${offer.label}: ${offer.providerName}`,
  gone: offer.stands ? '' : 'This provider can no longer give this care.',
  facts: [
    fact('First day', offer.firstDay),
    fact('This provider', offer.familiarityInWords),
    ...(offer.price === undefined ? [] : [fact('Price', offer.price)]),
  ],
  caption: `Visits of offer ${offer.label}`,
  visits: offer.visits.map((visit) => [
    cell(capital(visit.days)),
    cell(clockInWords(visit.wantedStart)),
    cell(clockInWords(visit.offeredStart)),
    cell(capital(visit.difference)),
    cell(minutesInWords(visit.minutes)),
    cell(countInWords(visit.carers, 'carer')),
  ]),
});

const head = ['Days', 'Time wanted', 'Time offered', 'Difference', 'Length', 'Carers'].map(cell);

/** The offer sheet, for print and mail (S1-11, S1-12). */
export const offerSheetPage = ({ requestNumber, introduction, offers }: OfferSheet): string =>
  rendered({
    ...{ requestNumber, introduction, head },
    offers: offers.map(offerOnPage),
  });
