import { abacus } from './abacus.format.js';
import { controcc } from './controcc.format.js';
import { generic } from './generic.format.js';
import type { EcmFormat } from './ecm.format.js';

export const ecmFormatNames = ['abacus', 'controcc', 'generic'] as const;
export type EcmFormatName = (typeof ecmFormatNames)[number];

/** Every format that is read; another one is a mapping of its own and a line here. */
export const ecmFormats: Readonly<Record<EcmFormatName, EcmFormat>> = {
  abacus,
  controcc,
  generic,
};
