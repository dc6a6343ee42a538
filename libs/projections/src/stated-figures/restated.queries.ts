import { software } from '#platform/config/project-root.js';
import { differencesOf } from '#platform/replay/differences.js';
import { differenceTold } from '../replay/decision-replay.queries.js';
import { canonicalJson } from './canonical-json.js';
import type { StatedFigureRow } from './stated-figures.projection.js';
import type { Restatement, StatedFigure } from './stated-figures.view.js';
import { figureAt, type FigureSource } from './worked-out-figure.queries.js';

export const statedFigureView = ({
  query,
  position,
  ...figure
}: StatedFigureRow): StatedFigure => ({
  ...figure,
  rules: { ...figure.rules },
  ...{ query: query.name, position: String(position), asked: query.arguments },
  arguments: Object.entries(query.arguments).map(([name, value]) => ({ name, value })),
});

type Given = Pick<StatedFigure, 'query' | 'asked' | 'answer' | 'position' | 'statedOn'>;

/** Works a released figure out again as of its position and compares it with what was given. */
export async function restated(
  source: FigureSource,
  { query: name, asked = {}, answer: given, position, statedOn }: Given,
): Promise<Restatement> {
  const found = await figureAt(source, { name, arguments: asked }, statedOn, Number(position));
  const answer = found && canonicalJson(found.answer);
  const same = answer === given;
  const [before, now] = [given, answer].map((text) => text && (JSON.parse(text) as unknown));
  return {
    outcome: same ? 'same' : 'different',
    differences: same ? [] : differencesOf(before, now).map(differenceTold),
    ...(answer !== undefined && { answer }),
    software: `${software.name}@${software.version}`,
  };
}
