import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { GraphQLError, getVariableValues, type DocumentNode, type GraphQLSchema } from 'graphql';
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
      didResolveOperation({ request, document, operation, operationName }) {
        const variables = request.variables ?? {};
        // Variables of the wrong type cannot be counted; execution refuses them in better words.
        const declared = operation?.variableDefinitions ?? [];
        const fitting = getVariableValues(schemas.schema, declared, variables);
        if (!fitting.errors) {
          ensureAffordable({ schema: schemas.schema, query: document, variables, operationName });
        }
        return Promise.resolve();
      },
    }),
});

function ensureAffordable({
  operationName,
  ...operation
}: {
  readonly schema: GraphQLSchema;
  readonly query: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | null;
}): void {
  const complexity = complexityOf({
    ...operation,
    estimators: [estimate],
    ...(operationName && { operationName }),
  });
  if (complexity <= maxComplexity) return;
  const cause = new QueryTooComplex(
    `This query asks for too much: at most ${maxComplexity} fields are answered, rows multiplied. Ask for fewer fields or rows.`,
  );
  throw new GraphQLError(cause.message, {
    originalError: cause,
    extensions: { http: { status: 400 } },
  });
}

/** The cost; endless when counting gives up because fragments unfold too far. */
function complexityOf(options: Parameters<typeof getComplexity>[0]): number {
  try {
    return getComplexity(options);
  } catch (error) {
    if (error instanceof GraphQLError) return Infinity;
    throw error;
  }
}

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
