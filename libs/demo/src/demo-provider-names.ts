/** Invented names: no company trades under them. The blank in Pennyfarthing's is a typed non-breaking one. */
export const demoProviderNames: readonly string[] = [
  'Larkspindle Home Support',
  'Quillhaven Visiting Care',
  'Thistlegate Carers',
  'Mossbottle & Daughters',
  'Pennyfarthing\u00a0Home Care',
  'Wrenhollow Care at Home',
  'Candlewick Lane Homecare',
  'Saffronbridge Living',
  'Tumblestone Care',
  'Marrowfield Home Help',
  'Ottershaw Lantern Care',
  'Bramblethatch Homecare',
  'Kettle & Quilt Care',
  'Juniperdell Support',
  'Foxglove Ferry Care',
  'Hazelnook Homecare',
  'Dandelion Clockwork Care',
  'Plumtree Corner Carers',
  'Starlingmoor Home Care',
  'Copperbeech Mews Care',
  'Nightjar Visiting Support',
  'Willowherb & Wick',
  'Pebblewharf Homecare',
  'Goosegrass Care Company',
  'Ambergate Teapot Care',
  'Silverbirch Doorstep Care',
  'Merrythought Homecare',
  'Cloudberry Gate Care',
  'Driftwood & Daisy Support',
  'Periwinkle Yard Homecare',
  'Tallowmarsh Carers',
];

/** The alias of one of them. */
export const demoAlias = { of: 'Kettle & Quilt Care', alias: 'K&Q Homecare' } as const;

/** Both left the first framework before it was extended. */
export const withdrawnProviderNames: readonly string[] = [
  'Snowberry Steps Care',
  'Gatepost & Garland Homecare',
];

export const inHouseName = 'Council Home Care Team (in-house)';
