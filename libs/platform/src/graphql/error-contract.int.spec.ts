import { Module, NotFoundException, type INestApplication } from '@nestjs/common';
import {
  Args,
  ArgsType,
  Field,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import { Rejection } from '#kernel/rejection.js';
import {
  EventTooLarge,
  StoreUnavailable,
  WrongExpectedRevision,
  type StoreNetwork,
} from '#eventstore/event-store.js';
import { Conflict, IdempotencyKeyReused, type Submission } from '../commands/submission.js';
import { readConfig } from '../config/config.js';
import { addressOf } from '../http/address.js';
import { createHttpApplication } from '../http/http-application.js';
import { HttpModule } from '../http/http.module.js';
import { LoggingModule } from '../logging/logging.module.js';
import type { DemoProgress, ProjectionLag } from '../runtime/runtime.js';
import { CONFIG, RUNTIME } from '../runtime/runtime.js';
import { CurrentActor, CurrentSubmission } from '../viewer/current-actor.js';
import { Roles } from '../viewer/roles.js';
import { TestIssuer, testAudience } from '../viewer/sign-in.fixtures.js';
import { SIGN_IN, tokenSignIn, type SignIn } from '../viewer/sign-in.js';
import { issuerKeys } from '../viewer/issuer-keys.js';
import { LOCAL_ISSUER } from '../local-issuer/local-issuer.js';
import { tokenVerifier } from '../viewer/token-verifier.js';
import { connectionFrom, connectionOf, type Connection } from './connection.js';
import { GraphqlModule } from './graphql.module.js';
import { PageArgs, Receipt, asOf, positionOf, receiptOf } from './paging.view.js';

class ReadModelBehind extends Error {
  override readonly name = 'ReadModelBehind';
  readonly asOf = { position: 7, at: '2026-03-29T00:30:00.000Z' };
}

const failures: Record<string, () => unknown> = {
  rejection: () =>
    new Rejection([
      { code: 'LotUnknown', path: 'lots', message: 'There is no such lot.' },
      { code: 'TooLate', path: '', message: 'The window has closed.' },
    ]),
  revision: () => new WrongExpectedRevision('offer-1', 3, 4),
  conflict: () => new Conflict(),
  reused: () => new IdempotencyKeyReused('c-1'),
  large: () => new EventTooLarge('OfferSubmitted', 2_000_000),
  unavailable: () => new StoreUnavailable('ENOSPC on /var/lib/secret'),
  behind: () => new ReadModelBehind('The read model has not reached position 9.'),
  missing: () => new NotFoundException('There is no such page.'),
  broken: () => new TypeError("cannot read 'surname' of Mrs Smith"),
  text: () => 'a thrown text',
};

@InputType()
class ProbeLine {
  @Field(() => Int)
  @IsInt()
  @Min(1)
  @Max(60)
  minutes: number;
}

@InputType()
class ProbeCommand {
  @Field()
  @IsUUID(7)
  commandId: string;

  @Field(() => [ProbeLine])
  @ValidateNested({ each: true })
  @Type(() => ProbeLine)
  lines: ProbeLine[];

  @Field(() => String, { nullable: true })
  @IsOptional()
  note?: string;
}

@ArgsType()
class ProbePageArgs extends PageArgs {}

@ObjectType()
class ProbeRow {
  @Field()
  id: string;

  @Field(() => [ProbeRow])
  children: ProbeRow[];
}

const ProbeRowConnection = connectionOf(ProbeRow);

@Resolver(() => ProbeRow)
class ProbeResolver {
  @Query(() => String, { nullable: true })
  @Roles('broker', 'finance')
  fail(@Args('how') how: string): string {
    throw failures[how]?.();
  }

  @Query(() => String)
  @Roles('finance')
  financeOnly(@CurrentActor() { id }: { id: string }): string {
    return id;
  }

  @Query(() => ProbeRowConnection)
  @Roles('broker')
  rows(@Args() { first, after, cursor }: ProbePageArgs): Connection<ProbeRow> {
    const edges =
      cursor === 'end' ? [] : [{ node: { id: String(first), children: [] }, cursor: 'end' }];
    const page = { edges, hasNextPage: false, hasPreviousPage: cursor !== undefined };
    return connectionFrom({
      ...page,
      totalCount: 1,
      asOf: asOf({ position: positionOf(after) ?? 0 }),
    });
  }

  @ResolveField(() => [ProbeRow])
  @Roles('finance')
  children(): ProbeRow[] {
    return [];
  }

  @Mutation(() => Receipt)
  @Roles('broker')
  probe(@Args('input') input: ProbeCommand): Receipt {
    const id = `${input.constructor.name} ${Object.keys(input).join()}`;
    return receiptOf(input, { id, position: 12 });
  }

  @Mutation(() => String)
  @Roles('broker')
  submissionOf(@CurrentSubmission() submission: Submission): string {
    return JSON.stringify(submission);
  }
}

const healthy: ProjectionLag = {
  ...{ name: 'league', version: 2, state: 'live', withinRule: true },
  ...{ position: 5, head: 5, lagEvents: 0 },
};

const runtime = {
  logId: 'log-1',
  startedAt: '2026-03-29T00:30:00.000Z',
  health: { writable: true } as { writable: boolean; reason?: string },
  lags: [healthy],
  progress: { state: 'none', percent: 100 } as DemoProgress,
  storeHealth: () => runtime.health,
  projections: () => runtime.lags,
  demo: () => runtime.progress,
  appendedEvents: () => 42,
  isWorking: false,
  store: { network: () => network },
};

const network: StoreNetwork = {
  ...{ appended: 7, appendSeconds: 0.5, refused: 1, unknown: 2, unavailable: 0 },
  ...{ replacements: 3, resubscriptions: 4 },
};

const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });

let issuer: TestIssuer;
let signIn: SignIn;

beforeAll(async () => {
  issuer = await TestIssuer.start('k-1');
  const keys = issuerKeys({ issuer: issuer.url, maxAgeSeconds: 300 });
  const claims = { roles: 'roles', organisation: 'organisation' };
  signIn = tokenSignIn(
    tokenVerifier({ issuer: () => issuer.url, audience: testAudience, keys, claims }),
    'Send a token.',
  );
});

afterAll(() => issuer.stop());

const asking = async (person: string) => ({
  authorization: `Bearer ${await issuer.tokenOf(person)}`,
});

const moduleWith = (...resolvers: (new () => object)[]) => {
  const provided = [
    { provide: CONFIG, useValue: config },
    { provide: RUNTIME, useValue: runtime },
    { provide: SIGN_IN, useValue: ((headers) => signIn(headers)) satisfies SignIn },
    { provide: LOCAL_ISSUER, useFactory: () => undefined },
  ];
  @Module({ providers: provided, exports: provided })
  class Provided {}
  @Module({
    imports: [
      { module: Provided, global: true },
      LoggingModule,
      HttpModule,
      GraphqlModule.of(config, [{ LotUnknown: 'There is no such lot.' }]),
    ],
    providers: resolvers,
  })
  class ProbeModule {}
  return { module: ProbeModule };
};

interface Answered {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly string[];
    readonly extensions: Record<string, unknown>;
  }[];
}

describe('The platform', () => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    app = await createHttpApplication(config, moduleWith(ProbeResolver));
    await app.listen(0, '127.0.0.1');
    url = addressOf(app.getHttpServer() as Parameters<typeof addressOf>[0]);
  });

  afterAll(() => app.close());

  const ask = async (
    query: string,
    variables: Record<string, unknown> = {},
    sent?: Record<string, string>,
  ): Promise<Answered & { status: number }> => {
    const headers = sent ?? (await asking('broker'));
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Answered) };
  };

  const probe = (input: Record<string, unknown>) =>
    ask('mutation ($input: ProbeCommand!) { probe(input: $input) { id position commandId } }', {
      input,
    });

  describe('The error contract', () => {
    it.each([
      ['rejection', 'LotUnknown', false, 'There is no such lot. The window has closed.'],
      ['revision', 'CONFLICT', true, 'Someone else changed this at the same moment.'],
      ['conflict', 'CONFLICT', true, 'Someone else changed this at the same moment.'],
      ['reused', 'IDEMPOTENCY_KEY_REUSED', false, 'Command id c-1 was used before'],
      ['large', 'EVENT_TOO_LARGE', false, 'OfferSubmitted has 2000000 bytes'],
      ['unavailable', 'STORE_UNAVAILABLE', true, 'Nothing can be recorded at the moment'],
      ['behind', 'READ_MODEL_BEHIND', true, 'The read model has not reached position 9.'],
      ['missing', 'NOT_FOUND', false, 'There is no such page.'],
      ['broken', 'INTERNAL', false, 'Something failed here.'],
      ['text', 'INTERNAL', false, 'Something failed here.'],
    ])('answers %s as %s, retryable: %p', async (how, code, retryable, message) => {
      const { status, data, errors } = await ask('query ($how: String!) { fail(how: $how) }', {
        how,
      });
      expect(status).toBe(200);
      expect(data).toEqual({ fail: null });
      expect(errors?.[0]?.message).toContain(message);
      expect(errors?.[0]?.path).toEqual(['fail']);
      expect(errors?.[0]?.extensions).toMatchObject({
        code,
        retryable,
        requestId: expect.any(String) as string,
      });
    });

    it('lists each broken rule of a refusal with its code and field', async () => {
      const { errors } = await ask('{ fail(how: "rejection") }');
      expect(errors?.[0]?.extensions['violations']).toEqual([
        { code: 'LotUnknown', path: 'lots', message: 'There is no such lot.' },
        { code: 'TooLate', path: '', message: 'The window has closed.' },
      ]);
    });

    it('says how far a read model is that is behind', async () => {
      const { errors } = await ask('{ fail(how: "behind") }');
      expect(errors?.[0]?.extensions['asOf']).toEqual({
        position: '7',
        at: '2026-03-29T00:30:00.000Z',
      });
    });

    it.each(['broken', 'unavailable'])('hides the details of what is %s', async (how) => {
      const text = JSON.stringify(await ask(`{ fail(how: "${how}") }`));
      expect(text).not.toMatch(/Smith|secret|stack|at .*js/);
    });
  });

  describe('Who may ask', () => {
    it('refuses who has none of the roles and names them', async () => {
      const { errors } = await ask('{ financeOnly }');
      expect(errors?.[0]?.message).toBe('This needs one of these roles: finance.');
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    });

    it('answers who has one', async () => {
      const { data } = await ask('{ financeOnly }', {}, await asking('finance'));
      expect(data).toEqual({ financeOnly: 'finance' });
    });

    it('guards a field resolver by its own roles', async () => {
      const { errors } = await ask('{ rows { edges { node { children { id } } } } }');
      expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    });

    it('does not start with a query, mutation or field that names no roles', async () => {
      @Resolver(() => ProbeRow)
      class Careless {
        @Query(() => String)
        open(): string {
          return 'to all';
        }

        @ResolveField(() => String)
        secret(): string {
          return 'to all';
        }
      }
      await expect(createHttpApplication(config, moduleWith(Careless))).rejects.toThrow(
        'these name no @Roles: Careless.open, Careless.secret',
      );
    });

    it('tells a submission its actor and the trace it came in', async () => {
      const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
      const { data } = await ask(
        'mutation { submissionOf }',
        {},
        {
          ...(await asking('broker')),
          traceparent: `00-${trace}-00f067aa0ba902b7-01`,
        },
      );
      expect(JSON.parse(String(data?.['submissionOf']))).toEqual({
        actor: { id: 'broker', roles: ['broker'] },
        correlationId: trace,
      });
    });
  });

  describe('Input', () => {
    const commandId = '019ab4b6-0a00-7000-8000-000000000001';

    it('reaches a resolver as an instance of its class, nulls taken as absent', async () => {
      const { data } = await probe({ commandId, lines: [{ minutes: 60 }], note: null });
      expect(data?.['probe']).toEqual({
        ...{ commandId, position: '12' },
        id: 'ProbeCommand commandId,lines',
      });
    });

    it('lists every broken constraint with the path from the command', async () => {
      const { errors } = await probe({ commandId: 'x', lines: [{ minutes: 60 }, { minutes: 61 }] });
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        violations: [
          { code: 'isUuid', path: 'commandId', message: 'commandId must be a UUID' },
          { code: 'max', path: 'lines.1.minutes' },
        ],
      });
    });

    it.each([
      ['an unknown field', { commandId, lines: [], age: 3 }, 'Field "age" is not defined'],
      ['a wrong type', { commandId, lines: [{ minutes: 'ten' }] }, 'Int cannot represent'],
      ['a fraction', { commandId, lines: [{ minutes: 1.5 }] }, 'Int cannot represent non-integer'],
      ['a missing field', { lines: [] }, 'Field "commandId" of required type'],
    ])('refuses %s in the words of graphql', async (_, input, message) => {
      const { status, errors } = await probe(input);
      expect([status, errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
      expect(errors?.[0]?.message).toContain(message);
    });
  });

  describe('Pages', () => {
    const page =
      '{ edges { cursor node { id } } pageInfo { hasNextPage endCursor } asOf { position at } }';

    it('takes fifty rows unless told otherwise', async () => {
      const { data } = await ask(`{ rows ${page} }`);
      expect(data?.['rows']).toEqual({
        edges: [{ cursor: 'end', node: { id: '50' } }],
        pageInfo: { hasNextPage: false, endCursor: 'end' },
        asOf: { position: '0', at: null },
      });
    });

    it.each([1, 100])('takes %d rows', async (first) => {
      expect((await ask(`{ rows(first: ${first}) { totalCount } }`)).errors).toBeUndefined();
    });

    it.each([0, 101])('refuses %d rows', async (first) => {
      const { errors } = await ask(`{ rows(first: ${first}) { totalCount } }`);
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        violations: [{ path: 'first' }],
      });
    });

    it('continues after a cursor', async () => {
      const { data } = await ask(
        '{ rows(cursor: "end") { edges { cursor } pageInfo { endCursor } } }',
      );
      expect(data?.['rows']).toEqual({ edges: [], pageInfo: { endCursor: null } });
    });

    it.each([
      ['12', undefined],
      ['-1', 'BAD_USER_INPUT'],
      ['twelve', 'BAD_USER_INPUT'],
      ['9999999999999999', 'BAD_USER_INPUT'],
    ])('takes after: "%s" as a position or refuses it', async (after, code) => {
      const { errors } = await ask(`{ rows(after: "${after}") { asOf { position } } }`);
      expect(errors?.[0]?.extensions['code']).toBe(code);
    });
  });

  describe('Limits', () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'id' : `children { ${nested(depth - 1)} }`;

    const fields = (count: number) =>
      Array.from({ length: count }, (_, index) => `a${index}: id`).join(' ');

    it.each([
      [28, undefined],
      [31, 'QUERY_TOO_COMPLEX'],
    ])('refuses more than thirty aliases: %d', async (count, code) => {
      const { errors } = await ask(`{ rows { edges { node { ${fields(count)} } } } }`);
      expect(errors?.[0]?.extensions['code']).toBe(code);
    });

    it('refuses a query that nests too deep', async () => {
      const { status, errors } = await ask(`{ rows { edges { node { ${nested(8)} } } } }`);
      expect([status, errors?.[0]?.extensions['code']]).toEqual([400, 'QUERY_TOO_COMPLEX']);
    });

    it('refuses a query whose rows and fields multiply past the limit', async () => {
      const list = (name: string, first: number) =>
        `${name}: rows(first: ${first}) { edges { node { ${Array(10).fill('children { children { id } }').join(' ')} } } }`;
      const modest = await ask(`{ ${list('a', 50)} }`);
      expect(modest.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
      const greedy = await ask(
        `{ ${['a', 'b', 'c', 'd'].map((name) => list(name, 100)).join(' ')} }`,
      );
      expect(greedy.errors?.[0]?.extensions['code']).toBe('QUERY_TOO_COMPLEX');
    });

    it.each([
      ['deeper', (next: string) => `${next} children { ${next} }`],
      ['wider', (next: string) => `${next} ... on ProbeRow { ${next} }`],
      ['by other names', (next: string) => `a: children { ${next} } b: children { ${next} }`],
    ])('refuses fragments that unfold without end, ever %s', async (_, unfold) => {
      const level = (index: number) =>
        `fragment F${index} on ProbeRow { ${unfold(`...F${index + 1}`)} }`;
      const levels = Array.from({ length: 40 }, (_, index) => level(index)).join(' ');
      const { errors } = await ask(
        `{ rows { edges { node { ...F0 } } } } ${levels} fragment F40 on ProbeRow { id }`,
      );
      expect(errors?.[0]?.extensions['code']).toBe('QUERY_TOO_COMPLEX');
    });

    it('refuses a document of more than two thousand tokens', async () => {
      const { status, errors } = await ask(`{ rows { edges { node { ${'id '.repeat(2000)} } } } }`);
      expect([status, errors?.[0]?.extensions['code']]).toEqual([400, 'QUERY_TOO_COMPLEX']);
    });

    it('refuses several operations in one request', async () => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await asking('broker')) },
        body: JSON.stringify([{ query: '{ rows { totalCount } }' }]),
      });
      expect(response.status).toBe(400);
    });

    it.each([
      ['a form', 'POST', 'text/plain'],
      ['a link', 'GET', undefined],
    ])('refuses a request that another site can make by %s', async (_, method, type) => {
      const target = `${url}/graphql${method === 'GET' ? '?query={rows{totalCount}}' : ''}`;
      const response = await fetch(target, {
        method,
        headers: { ...(type && { 'content-type': type }) },
        ...(method === 'POST' && { body: '{"query":"{ rows { totalCount } }"}' }),
      });
      expect(response.status).toBe(400);
    });
  });

  describe('While the demo council is loaded', () => {
    beforeAll(() => {
      runtime.progress = { state: 'loading', percent: 40 };
    });
    afterAll(() => {
      runtime.progress = { state: 'loaded', percent: 100 };
    });

    it('answers queries', async () => {
      expect((await ask('{ rows { totalCount } }')).errors).toBeUndefined();
    });

    it('refuses changes and says to send them again', async () => {
      const { errors } = await ask('mutation { submissionOf }');
      expect(errors?.[0]?.message).toContain('(40 %)');
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'DEMO_LOADING', retryable: true });
    });

    it('is ready', async () => {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    });
  });

  describe('Health', () => {
    afterEach(() => {
      runtime.health = { writable: true };
      runtime.lags = [healthy];
    });

    it('is not ready while the store takes no events, but lives', async () => {
      runtime.health = { writable: false, reason: 'the disk is full' };
      const response = await fetch(`${url}/health/ready`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        status: 'error',
        error: { store: { status: 'down', message: 'the disk is full' } },
      });
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    });

    it('is not ready while a read model stands still, and names the event', async () => {
      const failure = { position: 17, type: 'OfferWithdrawn', error: 'TypeError' };
      runtime.lags = [{ ...healthy, state: 'stopped', withinRule: false, failure }];
      const response = await fetch(`${url}/health/ready`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        error: { 'projection league@2': { status: 'down', state: 'stopped', failure } },
      });
    });

    it('is ready while a read model is behind within the rule', async () => {
      runtime.lags = [{ ...healthy, state: 'catching-up', lagEvents: 900 }];
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    });
  });

  describe('Metrics', () => {
    const figures = async () => (await fetch(`${url}/metrics`)).text();

    it('count commands by name and outcome', async () => {
      await ask('mutation { submissionOf }');
      const input = { commandId: '019ab4b6-0a00-7000-8000-000000000001', lines: [{ minutes: 0 }] };
      await probe(input);
      const text = await figures();
      expect(text).toMatch(
        /brokerage_command_seconds_count\{command="submissionOf",outcome="accepted"\} \d/,
      );
      expect(text).toMatch(
        /brokerage_command_seconds_count\{command="probe",outcome="BAD_USER_INPUT"\} \d/,
      );
    });

    it('show appends and the lag of each read model', async () => {
      const text = await figures();
      expect(text).toContain('brokerage_appended_events_total 42');
      expect(text).toContain('brokerage_projection_lag_events{projection="league"} 0');
    });

    it('show the way to a store elsewhere, and whether this node is the worker', async () => {
      const text = await figures();
      expect(text).toContain('brokerage_store_appends_total 7');
      expect(text).toContain('brokerage_store_append_seconds_total 0.5');
      expect(text).toContain('brokerage_store_appends_unknown_total 2');
      expect(text).toContain('brokerage_store_clients_replaced_total 3');
      expect(text).toContain('brokerage_worker 0');
    });
  });
});
