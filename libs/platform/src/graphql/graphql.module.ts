import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule, GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLFormattedError } from 'graphql';
import type { Config } from '../config/config.js';
import { currentRequest } from '../http/request-context.js';
import { logUnexpected } from '../logging/logger.js';
import { errorCodeEnum, type RuleSentences } from './error-codes.js';
import { extensionsOf, faultOf } from './faults.js';
import { GraphiqlController } from './graphiql.controller.js';
import { armorFor, complexityPlugin, maxTokens } from './query-limits.js';
import { ServiceResolver } from './service.resolver.js';

/** GraphQL at `/graphql`, with the limits and the error contract. */
@Module({})
export class GraphqlModule {
  static of(config: Config, ruleBooks: readonly RuleSentences[]): DynamicModule {
    const options = optionsOf(config, ruleBooks);
    return {
      module: GraphqlModule,
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [GraphQLSchemaHost],
          useFactory: (schemas: GraphQLSchemaHost) => ({
            ...options,
            // Nothing here may be cached, and the plugin would look at every field of every row.
            plugins: [
              ...options.plugins,
              complexityPlugin(schemas),
              ApolloServerPluginCacheControlDisabled(),
            ],
          }),
        }),
      ],
      controllers: [GraphiqlController],
      providers: [ServiceResolver],
    };
  }
}

function optionsOf({ production }: Config, ruleBooks: readonly RuleSentences[]) {
  return {
    ...armorFor(production),
    parseOptions: { maxTokens },
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: !production,
    autoTransformHttpErrors: false,
    persistedQueries: false,
    fieldResolverEnhancers: ['guards'],
    buildSchemaOptions: {
      numberScalarMode: 'integer',
      noDuplicatedFields: true,
      orphanedTypes: [errorCodeEnum(ruleBooks)],
    },
    formatError,
  } satisfies ApolloDriverConfig;
}

function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const fault = faultOf(thrown, formatted.extensions?.['code']);
  const { requestId } = currentRequest();
  if (fault.unexpected) logUnexpected(thrown);
  return {
    message: fault.message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: extensionsOf(fault, requestId),
  };
}
