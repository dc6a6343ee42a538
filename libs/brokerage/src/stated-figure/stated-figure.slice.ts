import { defineSlice } from '#platform/commands/slice.js';
import type { StatedFigureCommands } from './stated-figure.commands.js';
import { statedFigureDecider } from './stated-figure.decider.js';
import { stateFacts } from './stated-figure.facts.js';

export const statedFigureSlice = defineSlice<StatedFigureCommands>({
  category: 'statedFigure',
  decider: statedFigureDecider,
  commands: {
    StateFigure: { id: (_, create) => create('statedFigure'), facts: stateFacts },
  },
});
