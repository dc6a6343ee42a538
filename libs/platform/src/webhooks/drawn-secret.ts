import { randomBytes } from 'node:crypto';

const secretBytes = 32;

/** A fresh secret as libraries of Standard Webhooks take it. */
export const drawnSecret = (): string => `whsec_${randomBytes(secretBytes).toString('base64')}`;
