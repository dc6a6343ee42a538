import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { systemClock } from '../commands/clock.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../runtime/runtime.js';
import { LOCAL_ISSUER, type LocalIssuer } from '../local-issuer/local-issuer.js';
import { OpenToEveryone } from '../viewer/roles.js';
import { exampleQueries } from './example-queries.js';
import { graphiqlPage, graphiqlPolicy } from './graphiql-page.js';

/** A file of an installed package, which need not export it. */
const fileOf = (name: string, path: string) => {
  const { resolve } = createRequire(import.meta.url);
  return () => join(dirname(resolve(`${name}/package.json`)), path);
};

const script = 'text/javascript';

const files: Readonly<Record<string, { readonly path: () => string; readonly type: string }>> = {
  'react.js': { path: fileOf('react', 'umd/react.production.min.js'), type: script },
  'react-dom.js': { path: fileOf('react-dom', 'umd/react-dom.production.min.js'), type: script },
  'graphiql.js': { path: fileOf('graphiql', 'graphiql.min.js'), type: script },
  'oauth4webapi.js': { path: fileOf('oauth4webapi', 'build/index.js'), type: script },
  'graphiql.css': { path: fileOf('graphiql', 'graphiql.min.css'), type: 'text/css' },
};

/** The page to try queries on, from our own files. Production has none. */
@Controller('graphiql')
@OpenToEveryone()
export class GraphiqlController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOCAL_ISSUER) private readonly localIssuer: LocalIssuer | undefined,
  ) {}

  @Get()
  page(@Res() response: Response): void {
    this.ensureServed();
    const nonce = randomBytes(16).toString('base64');
    response.setHeader('content-security-policy', graphiqlPolicy(nonce));
    response.type('html').send(
      graphiqlPage(
        nonce,
        exampleQueries(systemClock.now(), () => randomBytes(10).toString('hex')),
        this.localIssuer?.issuer,
      ),
    );
  }

  @Get('files/:file')
  @Header('cache-control', 'public, max-age=3600')
  file(@Param('file') name: string, @Res() response: Response): void {
    this.ensureServed();
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!file) throw new NotFoundException('There is nothing at this address.');
    response.type(file.type).send(readFileSync(file.path()));
  }

  private ensureServed(): void {
    if (this.config.production) throw new NotFoundException('There is nothing at this address.');
  }
}
