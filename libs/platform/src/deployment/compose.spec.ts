import { readFileSync } from 'node:fs';
import { knownVariables, readConfig } from '../config/config.js';
import { projectRoot } from '../config/project-root.js';
import { yamlDocument } from './yaml-document.fixtures.js';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly networks?: Readonly<Record<string, { readonly aliases: readonly string[] }>>;
  readonly read_only?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const textOf = (file: string) => readFileSync(`${projectRoot}${file}`, 'utf8');

const given: Readonly<Record<string, string>> = {
  MASTER_KEY: '5a'.repeat(32),
  ESDB_ADMIN_PASSWORD: 's3cret',
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_AUDIENCE: 'care-brokerage',
};

/** As compose fills it in, with nothing in .env but `given`. */
const filled = (text: string) =>
  text.replaceAll(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_, name: string, otherwise = '') => given[name] ?? String(otherwise),
  );

const settingsOf = ({ environment = {} }: Service) =>
  Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, filled(text)]));

const oneShot = ({ restart }: Service) => restart === 'no';

describe.each(['docker-compose.yml', 'docker-compose.cluster.yml'])('%s', (file) => {
  const { services, volumes } = yamlDocument(textOf(file)) as Compose;
  const all = Object.entries(services);
  const nodes = all.filter(([, { build }]) => build !== undefined);
  const stores = all.filter(([, { image }]) => filled(image).startsWith('eventstore/eventstore:'));

  it('pins each image by a version', () => {
    for (const [name, { image }] of all) {
      expect([name, filled(image)]).toEqual([
        name,
        expect.stringMatching(/:v?\d+\.\d+\.\d+[\w.-]*$/),
      ]);
    }
  });

  it('says how each service is restarted, the store always', () => {
    for (const [name, { restart }] of all) {
      expect([name, restart]).toEqual([
        name,
        expect.stringMatching(/^(always|unless-stopped|no)$/),
      ]);
    }
    expect(stores.map(([, { restart }]) => restart)).toEqual(stores.map(() => 'always'));
    expect(stores.length).toBeGreaterThan(0);
  });

  it('asks each service that stays for its health', () => {
    for (const [name, service] of all.filter(([, each]) => !oneShot(each))) {
      expect([name, service.healthcheck?.test[0]]).toEqual([name, expect.stringMatching(/^CMD/)]);
    }
  });

  it('waits for what is there, until it is healthy or done', () => {
    for (const { depends_on: needed = {}, profiles } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(needed)) {
        const other = services[name];
        expect([name, other?.profiles]).toEqual([name, profiles]);
        const wanted =
          other && oneShot(other) ? 'service_completed_successfully' : 'service_healthy';
        expect([name, condition]).toEqual([name, wanted]);
      }
    }
  });

  it('names each volume that is mounted', () => {
    const mounted = all.flatMap(([, { volumes: mounts = [] }]) =>
      mounts.map((mount) => mount.split(':')[0]),
    );
    expect([...new Set(mounted)].toSorted()).toEqual(Object.keys(volumes).toSorted());
  });

  it('sets variables alone that the service knows, to values that it takes', () => {
    expect(nodes.length).toBeGreaterThan(0);
    for (const [name, node] of nodes) {
      const unknown = Object.keys(settingsOf(node)).filter((each) => !knownVariables.has(each));
      expect([name, unknown]).toEqual([name, []]);
      expect(readConfig(settingsOf(node))).toMatchObject({
        store: 'esdb',
        masterKey: given['MASTER_KEY'],
      });
    }
  });

  it('runs two api nodes and one worker beside each store, each with data of its own', () => {
    const profiles = [...new Set(nodes.map(([, { profiles: of }]) => of?.join() ?? ''))];
    for (const profile of profiles) {
      const beside = nodes.filter(([, { profiles: of }]) => (of?.join() ?? '') === profile);
      const workers = beside.map(([, node]) => readConfig(settingsOf(node)).worker);
      expect([profile, workers.toSorted()]).toEqual([profile, ['off', 'off', 'on']]);
    }
    const own = nodes.map(([, node]) => node.volumes?.find((mount) => mount.endsWith(':/data')));
    expect(new Set(own).size).toBe(nodes.length);
    expect(nodes.map(([, node]) => node.read_only)).toEqual(nodes.map(() => 'true'));
  });
});

describe('The cluster', () => {
  const { services } = yamlDocument(textOf('docker-compose.cluster.yml')) as Compose;
  const stores = Object.entries(services).filter(([name]) => name.startsWith('eventstore-'));

  it('is found by a name that each node has, since one name alone is asked', () => {
    const settings = settingsOf(services['worker'] ?? { image: '' });
    expect(settings['STORE']).toMatch(/^esdb\+discover:\/\/[^,]*@eventstore:2113\?/);
    expect(stores.length).toBe(3);
    for (const [, { networks }] of stores) {
      expect(networks?.['default']?.aliases).toEqual(['eventstore']);
    }
  });

  it('seeds each node with the two others', () => {
    for (const [name, { environment }] of stores) {
      const others = stores.filter(([other]) => other !== name).map(([other]) => `${other}:2113`);
      expect(environment?.['EVENTSTORE_GOSSIP_SEED']).toBe(others.join());
    }
  });
});

describe('The Dockerfile', () => {
  const text = textOf('Dockerfile');

  it('builds on one Node 24, pinned, and runs without rights', () => {
    const bases = [...text.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases).size).toBe(1);
    expect(bases[0]).toMatch(/^node:24\.\d+\.\d+-/);
    expect(text).toMatch(/^USER node$/m);
    expect(text).toMatch(/^HEALTHCHECK /m);
    expect(text).toContain('npm ci --omit=dev');
  });

  it('leaves keys and data of the build folder out', () => {
    const left = textOf('.dockerignore').split('\n');
    expect(left).toEqual(expect.arrayContaining(['.env', 'data', 'node_modules', '.git']));
  });
});

describe('A document in YAML', () => {
  it('merges what an anchor names under what is said', () => {
    const text = 'a: &a { x: 1, y: [p, "q"] }\nb:\n  <<: *a\n  x: 2\nc: |\n  one\n  two\nd:\n';
    const a = { x: '1', y: ['p', 'q'] };
    expect(yamlDocument(text)).toEqual({ a, b: { ...a, x: '2' }, c: 'one\ntwo\n', d: null });
  });

  it('refuses an alias of nothing', () => {
    expect(() => yamlDocument('b: *a\n')).toThrow();
  });
});
