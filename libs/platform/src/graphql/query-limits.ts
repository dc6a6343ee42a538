import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { QueryTooComplex } from './faults.js';

/** A page of 100 rows with some sixty fields each stays under it; two such lists do not. */
export const maxComplexity = 10_000;
export const maxRows = 100;
export const maxTokens = 2_000;

/** A field costs 1 and its children; a list with `first` costs its children that many times. */
const estimate: ComplexityEstimator = ({ args, childComplexity }) => {
  const first: unknown = args['first'];
  const rows = typeof first === 'number' ? Math.min(Math.max(first, 1), maxRows) : 1;
  return 1 + rows * childComplexity;
};

/** Refuses operations whose cost is over the limit, before any resolver runs. */
export const complexityPlugin = (schemas: GraphQLSchemaHost): ApolloServerPlugin => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ request, document, operationName }) {
        const complexity = getComplexity({
          schema: schemas.schema,
          query: document,
          variables: request.variables ?? {},
          estimators: [estimate],
          ...(operationName && { operationName }),
        });
        if (complexity <= maxComplexity) return Promise.resolve();
        const cause = new QueryTooComplex(
          `This query may cost ${complexity}; at most ${maxComplexity} is answered. Ask for fewer fields or rows.`,
        );
        throw new GraphQLError(cause.message, {
          originalError: cause,
          extensions: { http: { status: 400 } },
        });
      },
    }),
});

/** Limits on what is parsed and validated. The cost of lists is judged by `complexityPlugin`. */
export function armorFor(production: boolean) {
  const { plugins, ...limits } = new ApolloArmor({
    blockFieldSuggestion: { enabled: production },
    costLimit: { enabled: false },
    maxDepth: { n: 10, ignoreIntrospection: true },
    maxAliases: { n: 30 },
    maxDirectives: { n: 20 },
    // Its plugin answers a syntax error with status 500; the parser counts tokens itself.
    maxTokens: { enabled: false },
  }).protect();
  // Its types name Apollo's CommonJS build, ours the ES module; the objects are the same.
  return { ...limits, plugins: plugins as unknown as ApolloServerPlugin[] };
}
