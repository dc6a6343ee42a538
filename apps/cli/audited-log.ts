import { existsSync, readFileSync } from 'node:fs';
import { messageOf } from '#kernel/message-of.js';
import { AuditPublicKey, AuditSigningKey, BadAuditKey } from '#eventstore/proof/audit-key.js';
import type { ChainedLog } from '#eventstore/proof/chained-log.js';
import {
  BadCheckpoint,
  readCheckpoint,
  type AuditCheckpoint,
} from '#eventstore/proof/signed-checkpoint.js';
import { openSigningKey, signingKeyFile } from '#runtime/auditing/signing-key.js';
import { logPlace, type LogPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';

/** Opens the log that the settings name, to read it beside its service. */
export async function openChainedLog(
  { config, logFile }: LogPlace = logPlace(),
): Promise<ChainedLog> {
  try {
    if (config.esdb) {
      const { openEsdbChainedLog } = await import('#eventstore/proof/esdb-chained-log.js');
      return await openEsdbChainedLog(config.esdb);
    }
    if (!existsSync(logFile)) {
      throw badUsage(
        `There is no log at ${logFile}. Set DATA_DIR to the service's data directory.`,
      );
    }
    const { sqliteChainedLog } = await import('#eventstore/proof/sqlite-chained-log.js');
    return sqliteChainedLog(logFile);
  } catch (error) {
    if (error instanceof Stop) throw error;
    const said = messageOf(error);
    throw new Stop('LogUnreadable', `The log cannot be read (${said}).`, exitCodes.refused);
  }
}

/** The key whose signatures are taken: of a file, or that of the service where its settings are. */
export function publicKeyOf(file: string | undefined, { config }: LogPlace): AuditPublicKey {
  if (file === undefined) {
    const own = existsSync(signingKeyFile(config)) ? signingKeyOf({ config }) : undefined;
    if (own) return own.public;
    throw badUsage(
      'Whose signatures are to be taken? Give --public-key: what the service answers at /audit/public-key.',
    );
  }
  try {
    return AuditPublicKey.of(textOf(file));
  } catch (error) {
    if (error instanceof BadAuditKey) throw badUsage(`${file} ${error.message}.`);
    throw error;
  }
}

/** The key with which this service signs; development makes one. */
export function signingKeyOf({ config }: Pick<LogPlace, 'config'>): AuditSigningKey {
  try {
    const key = openSigningKey(config);
    if (key) return key;
  } catch (error) {
    if (error instanceof BadAuditKey) throw badUsage(error.message);
    throw error;
  }
  throw badUsage(
    'There is no signing key. Set AUDIT_SIGNING_KEY to a PEM file with an Ed25519 private key ' +
      '(openssl genpkey -algorithm ed25519).',
  );
}

/** A checkpoint's file, and what is in it or why it proves nothing. */
export interface GivenCheckpoint {
  readonly file: string;
  readonly note: string;
  readonly checkpoint?: AuditCheckpoint;
  readonly why?: string;
}

export function givenCheckpoint(file: string, key?: AuditPublicKey): GivenCheckpoint {
  const note = textOf(file);
  try {
    return { file, note, checkpoint: readCheckpoint(note, key) };
  } catch (error) {
    if (error instanceof BadCheckpoint) return { file, note, why: `it ${error.message}` };
    throw error;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw badUsage(`${file} cannot be read.`);
  }
}
