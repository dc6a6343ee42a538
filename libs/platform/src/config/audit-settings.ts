import { z } from 'zod';
import { optional } from './variable.js';

/** The variables that say how the log is proven to an auditor. */
export const auditVariables = {
  AUDIT_SIGNING_KEY: optional(z.string().optional()),
  AUDIT_CHECKPOINT_URL: optional(
    z
      .string()
      .refine(isGuarded, { error: 'expected an https address, or http on this machine' })
      .optional(),
  ),
};

/** Where checkpoints are signed and sent to. */
export interface AuditSettings {
  /** Path of a PEM file; without one production signs nothing. */
  readonly signingKey?: string;
  /** Whether a key is made in the data directory where none is named. */
  readonly makesKey: boolean;
  /** Where each signed checkpoint is posted to. */
  readonly checkpointUrl?: string;
}

export const auditSettings = (
  variables: { AUDIT_SIGNING_KEY?: string | undefined; AUDIT_CHECKPOINT_URL?: string | undefined },
  production: boolean,
): AuditSettings => ({
  makesKey: !production,
  ...(variables.AUDIT_SIGNING_KEY && { signingKey: variables.AUDIT_SIGNING_KEY }),
  ...(variables.AUDIT_CHECKPOINT_URL && { checkpointUrl: variables.AUDIT_CHECKPOINT_URL }),
});

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What travels over other machines is not to be changed on its way. */
function isGuarded(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname));
}
