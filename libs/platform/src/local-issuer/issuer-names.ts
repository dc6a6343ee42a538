/** Where the local issuer lives on the service. */
export const issuerPath = '/oidc';

/** What the local issuer's tokens are for. */
export const localAudience = 'urn:care-brokerage:api';

/** A working day: how long a session and its tokens last. */
export const sessionSeconds = 8 * 3_600;

export const localScope = 'brokerage';

/** A token without a page, for scripts: `person` names who is asking. */
export const demoPersonGrant = 'urn:care-brokerage:demo-person';
