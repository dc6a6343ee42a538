/** `in`: the case system signs what it sends; `out`: we sign what it gets. */
export const webhookDirections = ['in', 'out'] as const;
export type WebhookDirection = (typeof webhookDirections)[number];

/** Why nothing is sent to an address any more. */
export const addressEnds = ['gone', 'by-hand'] as const;
export type AddressEnd = (typeof addressEnds)[number];
