import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import nunjucks from 'nunjucks';

const layout = `<!doctype html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<title>{% block title %}{% endblock %}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/assets/govuk.css">
<link rel="stylesheet" href="/pages/assets/pages.css">
</head>
<body class="govuk-template__body">
{%- from "govuk/components/skip-link/macro.njk" import govukSkipLink %}
{{ govukSkipLink({ text: "Skip to main content", href: "#main-content" }) }}
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content">
{% block content %}{% endblock %}
</main>
</div>
</body>
</html>
`;

/** The layout, by the name under which pages extend it. */
class Layouts extends nunjucks.Loader {
  getSource(name: string): nunjucks.LoaderSource {
    // Null sends nunjucks on to the next loader; its types do not say so.
    if (name !== 'layout.njk') return null as unknown as nunjucks.LoaderSource;
    return { src: layout, path: name, noCache: false };
  }
}

/** Where govuk-frontend keeps its macros and its styles. */
export const govukFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist');

const environment = new nunjucks.Environment(
  [new Layouts(), new nunjucks.FileSystemLoader(govukFolder())],
  { autoescape: true },
);

/**
 * A template that becomes a page of HTML. Whatever it is given is text: markup in it is shown, never
 * obeyed.
 */
export function pageOf(source: string): (context: object) => string {
  const template = new nunjucks.Template(source, environment);
  return (context) => template.render(context);
}

/** The pages' content security policy: own styles, nothing that runs. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
