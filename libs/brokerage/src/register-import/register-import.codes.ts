/** What a file of the register tells of. */
export const registerKinds = ['providers', 'contracts', 'rates'] as const;
export type RegisterKind = (typeof registerKinds)[number];
