import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getNamedType, isObjectType, type GraphQLField } from 'graphql';
import { schemaOf } from './access/access-matrix.js';
import { callOf, fullQueryOf } from './access/schema-walk.js';
import { EventClient } from './event-client.js';
import { startPlantedApi, type PlantedApi } from './canary/planted-api.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';

/** Who may be told planted words, and by which queries alone; each is recorded as a reading. */
const tellsIdentity = new Set(['identity', 'identities']);
const mayReadIdentity = new Set(['broker', 'senior-broker', 'external-broker', 'provider']);

const answerers = ['broker', 'senior-broker', 'external-broker', 'auditor'];

/**
 * Reasons may name people: they are told to those who decide and to those who examine it. Questions are
 * told to those who answer them and, compared with the person's record, to invited providers.
 */
const mayReadReasons: Readonly<Record<string, readonly string[]>> = {
  question: [...answerers, 'provider'],
  answer: [...answerers, 'provider'],
  why: [...answerers, 'panel-member'],
  conditions: [...answerers, 'panel-member'],
  queryReason: ['finance', 'auditor', 'provider'],
  answerReason: ['finance', 'auditor', 'provider'],
  outcomeNote: ['broker', 'senior-broker', 'auditor'],
};

const council = [
  ...['broker', 'senior-broker', 'commissioner', 'finance', 'quality-officer', 'panel-member'],
  ...['auditor', 'administrator', 'case-system'],
];

const escaped = (text: string): string => text.replace(/[^\w\s-]/g, String.raw`\$&`);

/** One query about one thing is asked about so many. */
const asked = 3;

type RootField = GraphQLField<unknown, unknown>;

describe('What people say of themselves and others', () => {
  let service: PlantedApi;
  let known: ReadonlyMap<string, readonly string[]>;
  /** Finds any of the planted words and checked values. */
  let secret: RegExp;
  let people: readonly string[];

  beforeAll(async () => {
    service = await startPlantedApi();
    const { planted } = service;
    const found = new Map(planted.known);
    known = new Map([...found, ['id', found.get('packageId') ?? []]]);
    const secrets = ['zqcanary\\d+x', ...planted.values.map(escaped)];
    secret = new RegExp(secrets.join('|'), 'gi');
    const [provider = '', other = ''] = known.get('providerId') ?? [];
    people = [...council, `provider:${provider}`, `provider:${other}`, 'external-broker:nobody'];
  }, 120_000);
  afterAll(() => service.stop());

  const secretsIn = (text: string): string[] => text.match(secret) ?? [];

  /** A package before its award. */
  const openPackage = async (): Promise<string> => {
    const { packages } = await service.api.data<{
      packages: { edges: { node: { packageId: string } }[] };
    }>(
      'broker',
      '{ packages(filter: { stage: AWAITING_REQUEST }) { edges { node { packageId } } } }',
    );
    return packages.edges[0]?.node.packageId ?? '';
  };
  const withdrawal = (packageId: string): string => `mutation { withdrawReferral(input: {
    commandId: "${newCommandId()}", packageId: "${packageId}", reason: "zqcanary999x" }) { id } }`;

  /** The values that queries may ask for, beginning further on with each attempt. */
  const valuesAt = (attempt: number) =>
    new Map(
      [...known].map(([name, values]) => {
        const at = Math.floor((attempt * values.length) / asked);
        return [name, [...values.slice(at), ...values.slice(0, at)]];
      }),
    );

  it('is planted in every personal field that the catalogue knows', () => {
    const { canaries, unplanted, unrecorded } = service.planted;
    expect(unplanted).toEqual([]);
    expect(unrecorded).toEqual([]);
    expect(canaries.length).toBeGreaterThan(40);
  });

  it('is told by no query to anyone who is not entitled, nor in an error', async () => {
    const schema = await schemaOf(service.api);
    const queries: RootField[] = Object.values(schema.getQueryType()?.getFields() ?? {});
    const told: string[] = [];
    let answers = 0;
    let reasons = 0;
    const askAs = async (person: string) => {
      for (const field of queries) {
        const role = person.split(':')[0] ?? '';
        if (tellsIdentity.has(field.name) && mayReadIdentity.has(role)) continue;
        const takesIds = field.args.some(({ name }) => known.has(name));
        const tries = takesIds && isObjectType(getNamedType(field.type)) ? asked : 1;
        for (let attempt = 0; attempt < tries; attempt += 1) {
          const answer = await service.api.graphql(person, fullQueryOf(field, valuesAt(attempt)));
          answers += 1;
          const others = JSON.stringify(answer, (key, value: unknown) =>
            mayReadReasons[key]?.includes(role) ? undefined : value,
          );
          reasons += JSON.stringify(answer).length - others.length;
          for (const found of secretsIn(others)) told.push(`${person} ${field.name}: ${found}`);
        }
      }
    };
    await Promise.all(people.map(askAs));
    expect(told).toEqual([]);
    expect(answers).toBeGreaterThan(people.length * 20);
    expect(reasons).toBeGreaterThan(0);
  }, 120_000);

  it('is told to a broker who reads an identity for a purpose', async () => {
    const ids = (known.get('personId') ?? []).slice(0, 20);
    const texts = [];
    for (const id of ids) {
      const query = `{ identity(personId: "${id}", purpose: REVIEW) { name } }`;
      texts.push(JSON.stringify(await service.api.graphql('broker', query)));
    }
    expect(secretsIn(texts.join())).not.toEqual([]);
    expect(secretsIn(texts.join()).every((found) => found.startsWith('zqcanary'))).toBe(true);
  });

  it('is told to no provider that does not care for the person', async () => {
    const texts = [];
    for (const person of people.filter((each) => each.startsWith('provider:'))) {
      const { serviceUsers } = await service.api.data<{
        serviceUsers: {
          edges: { node: { personId: string; releases: { providerId: string }[] } }[];
        };
      }>(
        'auditor',
        '{ serviceUsers(first: 60) { edges { node { personId releases { providerId } } } } }',
      );
      const strangers = serviceUsers.edges.filter(({ node }) =>
        node.releases.every(({ providerId }) => person !== `provider:${providerId}`),
      );
      expect(strangers.length).toBeGreaterThan(0);
      for (const { node } of strangers.slice(0, 20)) {
        const query = `{ identity(personId: "${node.personId}", purpose: GIVING_CARE) { name } }`;
        texts.push(JSON.stringify(await service.api.graphql(person, query)));
      }
    }
    expect(secretsIn(texts.join())).toEqual([]);
  });

  it('is in no answer to a mutation, nor in a live update, whoever sends it', async () => {
    const schema = await schemaOf(service.api);
    const mutations: RootField[] = Object.values(schema.getMutationType()?.getFields() ?? {});
    const told: string[] = [];
    const streams = await Promise.all(
      people.map(async (person) =>
        EventClient.open(service.api.url, await service.api.token(person)),
      ),
    );
    await Promise.all(
      people.map(async (person) => {
        for (const field of mutations) {
          const answer = await service.api.graphql(person, callOf('mutation', field, known));
          for (const found of secretsIn(JSON.stringify(answer))) {
            told.push(`${person} ${field.name}: ${found}`);
          }
        }
      }),
    );
    const { withdrawReferral } = await service.api.data<{ withdrawReferral: object }>(
      'broker',
      withdrawal(await openPackage()),
    );
    expect(withdrawReferral).toBeDefined();
    await streams[0]?.until(({ data }) => data['list'] !== undefined);
    expect(secretsIn(streams.map(({ text }) => text).join())).toEqual([]);
    for (const stream of streams) stream.close();
    expect(told).toEqual([]);
  }, 120_000);

  it('leaves placeholders where people were erased: every read model is built anew', async () => {
    await service.rebuild();
    const list = '{ serviceUsers(filter: { erased: true }) { totalCount } }';
    for (const began = Date.now(); ;) {
      const { serviceUsers } = await service.api.data<{ serviceUsers: { totalCount: number } }>(
        'auditor',
        list,
      );
      if (serviceUsers.totalCount === 2) break;
      if (Date.now() - began > 30_000) throw new Error('the erased are not known again');
    }
    const ready = await service.api.get('/health/ready');
    expect([ready.status, await ready.text()]).toEqual([200, expect.any(String)]);
  }, 60_000);

  it('is in no metric, page of health, log line, nor in clear in any file', async () => {
    for (const path of ['/metrics', '/health/ready', '/health/live', '/']) {
      expect(secretsIn(await (await service.api.get(path)).text())).toEqual([]);
    }
    expect(service.api.printed.length).toBeGreaterThan(0);
    expect(secretsIn(service.api.printed)).toEqual([]);
    const files = readdirSync(service.dataDir, { recursive: true, withFileTypes: true });
    const telling = files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((file) => secretsIn(readFileSync(file).toString('latin1')).length > 0);
    expect(telling).toEqual([]);
  }, 60_000);
});
