import { writeFileSync } from 'node:fs';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { readConfig } from '#platform/config/config.js';
import { projectRoot } from '#platform/config/project-root.js';
import { createHttpApplication } from '#platform/http/http-application.js';
import { openRuntime } from '#runtime/open-runtime.js';
import { ApiModule } from './api.module.js';

/** `npm run schema`: writes the schema of the built service; its diff is reviewed with the code. */
const config = readConfig({ STORE: 'memory', DEMO: 'off' });
const app = await createHttpApplication(config, ApiModule.of(config, await openRuntime(config)));
const { schema } = app.get(GraphQLSchemaHost);
writeFileSync(
  `${projectRoot}apps/api/schema.graphql`,
  `${printSchema(lexicographicSortSchema(schema))}\n`,
);
await app.close();
