import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header } from '@nestjs/common';
import { OpenToEveryone } from '#platform/viewer/roles.js';
import { govukFolder } from './page-renderer.js';

/**
 * The design system's styles as others may use them: its typeface and its crest belong to central
 * government's own sites.
 */
export const withoutGovernmentMarks = (css: string): string =>
  css
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll('GDS Transport,', '')
    .replaceAll(/url\(\/assets\/[^)]*\)/g, 'none')
    .replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, '');

const ownStyles = `
.offer { margin-bottom: 2rem; break-inside: avoid }
.scroll { overflow-x: auto; margin-bottom: 1rem }
@media print {
  .govuk-skip-link { display: none }
  .govuk-width-container { max-width: none; margin: 0 }
  h1, h2, caption { break-after: avoid }
  tr { break-inside: avoid }
}
`;

/** The pages' styles, from our own address. They tell nothing about anyone. */
@Controller('pages/assets')
@OpenToEveryone()
export class PageAssetsController {
  private govuk: string | undefined;

  @Get('govuk.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  govukStyles(): string {
    const file = join(govukFolder(), 'govuk/govuk-frontend.min.css');
    return (this.govuk ??= withoutGovernmentMarks(readFileSync(file, 'utf8')));
  }

  @Get('pages.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  pageStyles(): string {
    return ownStyles;
  }
}
