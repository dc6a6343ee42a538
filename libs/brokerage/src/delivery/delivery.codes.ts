/** What is sent. */
export const deliveryKinds = ['request-invitation'] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

/** Where a delivery stands. `started`: it may have left, its outcome is not known yet. */
export const deliveryStatuses = ['prepared', 'started', 'waiting', 'sent', 'given-up'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Why an attempt did not leave. */
export const deliveryFaults = ['unavailable', 'refused', 'address-refused'] as const;
export type DeliveryFault = (typeof deliveryFaults)[number];

/** Why nothing more is tried. */
export const deliveryEnds = [
  ...deliveryFaults,
  'outcome-unknown',
  'request-not-open',
  'no-address',
] as const;
export type DeliveryEnd = (typeof deliveryEnds)[number];
