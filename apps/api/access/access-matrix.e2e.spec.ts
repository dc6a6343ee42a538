import { readFileSync } from 'node:fs';
import { everyRole } from '#platform/viewer/roles.js';
import { accessMatrixOf, matrixFile, schemaOf, type AccessMatrix } from './access-matrix.js';
import { startSampledApi, type SampledApi } from './sampled-api.js';

/** `name: role` of every cell that one matrix has and the other has not. */
const cellsOnlyIn = (
  one: Readonly<Record<string, readonly string[]>>,
  other: Readonly<Record<string, readonly string[]>>,
): string[] =>
  Object.entries(one).flatMap(([name, roles]) =>
    roles.filter((role) => !other[name]?.includes(role)).map((role) => `${name}: ${role}`),
  );

describe('The access matrix, asked over HTTP', () => {
  let sampled: SampledApi;
  let found: AccessMatrix;
  const committed = JSON.parse(readFileSync(matrixFile, 'utf8')) as AccessMatrix;

  beforeAll(async () => {
    sampled = await startSampledApi();
    const { api, known, people } = sampled;
    found = await accessMatrixOf(api, { schema: await schemaOf(api), known, people });
  }, 180_000);

  afterAll(() => sampled?.stop());

  it('asks as every role', () => {
    expect(Object.keys(sampled.people).toSorted()).toEqual([...everyRole].toSorted());
  });

  describe.each(['queries', 'mutations', 'fields'] as const)('shows of %s', (section) => {
    it('nothing to a role that the committed matrix does not name; else run `npm run matrix` and review its diff', () => {
      expect(cellsOnlyIn(found[section], committed[section])).toEqual([]);
    });

    if (section === 'fields') return; // Whether a field has a value hangs on the sampled rows.
    it('everything to a role that it names; else run `npm run matrix` and review its diff', () => {
      expect(cellsOnlyIn(committed[section], found[section])).toEqual([]);
    });
  });

  it('has a row for each query and mutation, and nothing that is for nobody', async () => {
    const schema = await schemaOf(sampled.api);
    const fieldsOf = (type: ReturnType<typeof schema.getQueryType>) =>
      Object.keys(type?.getFields() ?? {}).toSorted();
    expect(Object.keys(committed.queries)).toEqual(fieldsOf(schema.getQueryType()));
    expect(Object.keys(committed.mutations)).toEqual(fieldsOf(schema.getMutationType()));
    const rows = Object.entries({ ...committed.queries, ...committed.mutations });
    expect(rows.filter(([, roles]) => roles.length === 0)).toEqual([]);
  });

  it('keeps brokers from every figure that compares providers (S1-13, L1)', () => {
    const comparing = ['providerLeague', 'providerKpis', 'kpiWhatIf'];
    const brokers = ['broker', 'senior-broker', 'external-broker'];
    const seen = comparing.flatMap((name) => found.queries[name] ?? []);
    expect(seen.filter((role) => brokers.includes(role))).toEqual([]);
    expect(seen).toContain('commissioner');
  });

  it('keeps providers from what tells of others: sheets, advice, eligibility, the market (S1-12, X6)', () => {
    const ofOthers = [
      'offerSheet',
      'rankingAdvice',
      'eligibleProviders',
      'marketReport',
      'panelCases',
    ];
    const seen = ofOthers.flatMap((name) => found.queries[name] ?? []);
    expect(seen).not.toContain('provider');
    expect(seen).toContain('broker');
    const compared = found.fields['MarketProvider.providerId'] ?? [];
    expect(compared.filter((role) => role.includes('broker'))).toEqual([]);
    expect(compared).toContain('commissioner');
  });
});
