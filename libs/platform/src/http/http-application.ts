import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DynamicModule } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { pinoHttp } from 'pino-http';
import type { Config } from '../config/config.js';
import { foreground } from '../courtesy/foreground.js';
import { logger } from '../logging/logger.js';
import { requestLog } from '../logging/request-log.js';
import { ensureEveryMethodNamesRoles } from '../viewer/unguarded-methods.js';
import { issuerPath } from '../local-issuer/issuer-names.js';
import { LOCAL_ISSUER, type LocalIssuer } from '../local-issuer/local-issuer.js';
import { isSigned } from './signed-paths.js';
import { Metrics } from './metrics.js';
import { withRequestContext } from './request-context.js';
import { routeOf } from './route.js';
import { Throttle } from './throttle.js';

/** Composes the HTTP application around a module; it listens once `listen` is called. */
export async function createHttpApplication(
  config: Config,
  module: DynamicModule,
): Promise<NestExpressApplication> {
  logger.level = config.logLevel;
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.use(withRequestContext, pinoHttp(requestLog), metering(app.get(Metrics)), securityHeaders);
  app.use(app.get(Throttle).count);
  app.use('/graphql', beforeOtherWork, browsersToGraphiql(config));
  const issuer = app.get<LocalIssuer | undefined>(LOCAL_ISSUER, { strict: false });
  if (issuer) app.use(issuerPath, exceptOwnPage(issuer));
  if (issuer) app.useBodyParser('urlencoded', { limit: '4kb', extended: false });
  app.useBodyParser('raw', { type: isSigned, limit: config.maxBodyBytes });
  app.useBodyParser('json', { limit: config.maxBodyBytes });
  app.disable('x-powered-by');
  await app.init();
  ensureEveryMethodNamesRoles(app);
  return app;
}

/** Nothing that we serve runs or loads anything; GraphiQL's page sets its own policy. */
const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
  },
  strictTransportSecurity: false,
});

const metering =
  (metrics: Metrics) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const route = routeOf(request.url);
    response.on('finish', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      metrics.requestFinished(request.method, route, response.statusCode, seconds);
    });
    next();
  };

/** Files, jobs and policies give way to whoever asks here. */
const beforeOtherWork = (_: Request, response: Response, next: NextFunction): void => {
  response.once('close', foreground.enter());
  next();
};

/** A person who opens `/graphql` wants the page that asks it. */
const browsersToGraphiql =
  ({ production }: Config) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const page = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    if (page && !production && request.query['query'] === undefined) response.redirect('/graphiql');
    else next();
  };

/** The issuer answers its addresses itself; the page on which a person is picked is a controller. */
const exceptOwnPage =
  (issuer: LocalIssuer) =>
  (request: Request, response: Response, next: NextFunction): void => {
    if (request.path.startsWith('/sign-in/')) {
      next();
      return;
    }
    const answer = async () => (await issuer.provider()).callback()(request, response);
    answer().catch(next);
  };
