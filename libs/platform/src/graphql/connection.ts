import type { Type } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { AsOf } from './paging.view.js';

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field({ description: 'Whether rows follow this page.' })
  hasNextPage: boolean;

  @Field({ description: 'Whether rows precede this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row.' })
  startCursor?: string;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; continue with it.' })
  endCursor?: string;
}

export interface Edge<Row> {
  readonly node: Row;
  /** Opaque: sort key, id and view version. */
  readonly cursor: string;
}

/** A page of a list, as a Relay connection. */
export interface Connection<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly pageInfo: PageInfo;
  /** Rows in the whole filtered list. */
  readonly totalCount: number;
  readonly asOf: AsOf;
}

/**
 * Declares the GraphQL types `<Row>Connection` and `<Row>Edge`. Call it once per row class, at
 * module level: `export const WaitingConnection = connectionOf(WaitingRow)`, and return
 * `Connection<WaitingRow>` from the resolver.
 */
export function connectionOf<Row>(row: Type<Row>): Type<Connection<Row>> {
  @ObjectType(`${row.name}Edge`)
  class RowEdge {
    @Field(() => row)
    node: Row;

    @Field({ description: 'Opaque; give it as `cursor` to continue after this row.' })
    cursor: string;
  }

  @ObjectType(`${row.name}Connection`)
  class RowConnection {
    @Field(() => [RowEdge])
    edges: RowEdge[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;

    @Field(() => Int, { description: 'Rows in the whole list, on this page or not.' })
    totalCount: number;

    @Field(() => AsOf)
    asOf: AsOf;
  }
  return RowConnection;
}

/** A connection from a page that a read model answered. */
export function connectionFrom<Row>(page: {
  readonly edges: readonly Edge<Row>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly totalCount: number;
  readonly asOf: AsOf;
}): Connection<Row> {
  const { edges, hasNextPage, hasPreviousPage, totalCount } = page;
  const startCursor = edges[0]?.cursor;
  const endCursor = edges.at(-1)?.cursor;
  const pageInfo = {
    hasNextPage,
    hasPreviousPage,
    ...(startCursor !== undefined && { startCursor }),
    ...(endCursor !== undefined && { endCursor }),
  };
  return { edges, pageInfo, totalCount, asOf: page.asOf };
}
