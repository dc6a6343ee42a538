import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import { slices } from '#brokerage/slices.js';
import { projectRoot } from '#platform/config/project-root.js';
import { fold } from '#kernel/decider.js';
import { catalogue } from './catalogue.js';
import { sampledCouncil } from './sampled-council.js';
import { shapeOf, type Samples } from './stored-samples.js';

const fileOf = (name: string) => `${projectRoot}eventstore/contracts/${name}.json`;
const approved = (name: string): unknown => JSON.parse(readFileSync(fileOf(name), 'utf8'));

const eventNames = slices.flatMap(({ decider }) =>
  Object.keys(decider.evolve).map((type) => `events/${type}.v${catalogue.event(type).version}`),
);
const commandNames = slices.flatMap(({ commands }) =>
  Object.keys(commands).map((name) => `commands/${name}.v${catalogue.command(name).version}`),
);

describe('An approved sample', () => {
  let stored: Samples;

  beforeAll(async () => {
    stored = await sampledCouncil();
  }, 120_000);

  it.each([...eventNames, ...commandNames])('of %s exists', (name) => {
    expect([name, existsSync(fileOf(name))]).toEqual([name, true]);
  });

  it.each([...eventNames, ...commandNames])(
    'of %s has the shape that is stored today; another shape needs a new version',
    (name) => {
      expect(shapeOf(stored.get(name))).toEqual(shapeOf(approved(name)));
    },
  );

  it.each(slices.map((slice) => [slice.category, slice] as const))(
    'of each event of %s folds',
    (_, { decider }) => {
      const events = Object.keys(decider.evolve).map((type) => ({
        type,
        data: approved(`events/${type}.v${catalogue.event(type).version}`),
      }));
      expect(fold(decider, events)).toBeDefined();
    },
  );
});

describe('The shape of a value', () => {
  it('changes with the name or kind of a field, not with what it holds', () => {
    expect(shapeOf({ a: 1, b: ['x'] })).toEqual(shapeOf({ b: ['y', 'z'], a: 2 }));
    expect(shapeOf({ a: 1 })).not.toEqual(shapeOf({ a: '1' }));
    expect(shapeOf({ a: 1 })).not.toEqual(shapeOf({ c: 1 }));
  });
});
