import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '#runtime/catalogue.js';
import { councilIn } from '#runtime/sampled-council.js';
import { knownValuesOf } from '../access/known-values.js';
import { Planting } from './planting.js';
import type { Planted } from './planted-api.js';

/** Plays the sampled council with a canary in each personal field, in a process of its own. */
const [, , dataDir = '', answerFile = ''] = process.argv;
const planting = new Planting(catalogue);
const events = await councilIn(dataDir, ({ commands }) => {
  const execute = commands.executeNamed.bind(commands);
  commands.executeNamed = (name, command, submission) =>
    execute(name, planting.planted(name, command), submission);
});

const everything = JSON.stringify(events.map(({ data }) => data));
const declared = [...catalogue.declared().commands].flatMap(([name, { personal }]) =>
  personal.map((path) => `${name}.${path.join('.')}`),
);
const fields = [...planting.canaries.keys()];
const planted: Planted = {
  known: [...knownValuesOf(events)],
  canaries: [...planting.canaries],
  values: [...planting.values],
  unplanted: declared.filter((field) => !fields.some((sown) => sown.startsWith(field))),
  unrecorded: [...planting.canaries]
    .filter(([, word]) => !everything.includes(word))
    .map(([field]) => field),
};
writeFileSync(join(answerFile), JSON.stringify(planted));
