import { pageOf } from '../pages/page-renderer.js';

export interface PackFacts {
  readonly personId: string;
  readonly fromOn: string;
  readonly lastDay: string;
  readonly packages: number;
  readonly erased: boolean;
  readonly files: readonly string[];
  readonly madeAt: string;
}

/** The page that says what a pack holds and how each part of it is checked. */
export const packReadme = pageOf(`{% extends "layout.njk" %}
{% block title %}Evidence about the care of person {{ personId }}{% endblock %}
{% block content %}
<h1 class="govuk-heading-l">Evidence about the care of person {{ personId }}</h1>
<p class="govuk-body">From {{ fromOn }} to {{ lastDay }}; {{ packages }} packages of care; made {{ madeAt }}.</p>
{% if erased %}<p class="govuk-body"><strong>The record of this person was erased.</strong> What told who they are, and the words that people wrote about them, cannot be read by anybody any more. Times, decisions, codes and figures are as they were recorded, and every proof still holds.</p>{% endif %}
<h2 class="govuk-heading-m">What is in here</h2>
<dl class="govuk-summary-list">
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">story-….html, .csv</dt><dd class="govuk-summary-list__value">The life of each package, one line for each event, with the event's id.</dd></div>
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">visits-….ndjson</dt><dd class="govuk-summary-list__value">Each visit of the period with the agreed time and where it comes from, each log, report and change.</dd></div>
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">decisions.ndjson</dt><dd class="govuk-summary-list__value">Each decision made again from all that it saw: its state, what was asked, each rule and whether it held, each fact and where it came from. <code>same</code> means that today's software decides the same.</dd></div>
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">who-saw.html, .csv</dt><dd class="govuk-summary-list__value">Everybody who read who the person is, looked at decisions, or tried and was refused.</dd></div>
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">proofs/….json, checkpoint.txt</dt><dd class="govuk-summary-list__value">For each event the hashes that lead from it to a signed root of the whole log.</dd></div>
</dl>
<h2 class="govuk-heading-m">How to check it</h2>
<ol class="govuk-list govuk-list--number">
<li>Ask the council for the public key of its log by another way than this pack: the service answers it at <code>/audit/public-key</code>.</li>
<li>Run <code>python3 verify.py --public-key key.txt --proof proofs/&lt;event&gt;.json</code> (any Python 3, nothing to install). It recomputes the hashes from the event to the root, and the signature of the checkpoint, without any code of the service.</li>
<li>Compare the checkpoint with one that you, or another auditor, were sent earlier: <code>brokerage prove-growth</code> proves that the log of then is the beginning of the log of now.</li>
<li>Ask the council to replay a decision in front of you: <code>replayDecision(id)</code> with the id of its event.</li>
</ol>
{% endblock %}
`) as (facts: PackFacts) => string;
