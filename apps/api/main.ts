import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { readConfig } from '#platform/config/config.js';
import { createHttpApplication } from '#platform/http/http-application.js';
import { addressOf } from '#platform/http/address.js';
import { greeting } from '#platform/http/greeting.js';
import { startFailure } from '#platform/http/start-failure.js';
import { keepHeapSteady } from '#platform/memory/steady-heap.js';
import { openRuntime } from '#runtime/open-runtime.js';
import { ApiModule } from './api.module.js';

async function start(): Promise<void> {
  keepHeapSteady();
  if (existsSync('.env')) loadEnvFile('.env');
  const config = readConfig(process.env);
  const runtime = await openRuntime(config);
  const app = await createHttpApplication(config, ApiModule.of(config, runtime));
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  await app.listen(config.port, config.host);
  process.stdout.write(greeting(config, addressOf(app.getHttpServer()), process.stdout.isTTY));
  runtime.begin();
  await runtime.demoLoaded();
}

start().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
});
