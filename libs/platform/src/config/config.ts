import { z } from 'zod';
import { auditSettings, auditVariables, type AuditSettings } from './audit-settings.js';
import {
  signInProblems,
  signInSettings,
  signInVariables,
  type SignInSettings,
} from './sign-in-settings.js';
import {
  esdbLibraries,
  esdbSettings,
  isEsdbUrl,
  type EsdbSettings,
} from '#eventstore/esdb/esdb-settings.js';
import { optional } from './variable.js';

const maxPort = 65_535;

const portNumber = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= maxPort, {
    error: `expected a port number from 0 to ${maxPort}`,
  })
  .transform(Number);

const sizes: Readonly<Record<string, number>> = { kb: 1024, mb: 1024 * 1024 };

const bytesUpTo = (megabytes: number) =>
  z
    .string()
    .regex(/^\d+(kb|mb)$/i, 'expected a size such as 512kb or 1mb')
    .transform((text) => Number.parseInt(text, 10) * (sizes[text.slice(-2).toLowerCase()] ?? 1))
    .refine(
      (size) => size > 0 && size <= megabytes * 1024 * 1024,
      `expected at most ${megabytes}mb`,
    );

const bytes = bytesUpTo(16);

const rate = z
  .string()
  .regex(/^\d{1,7}$/, 'expected a number of requests, or 0 for no limit')
  .transform(Number);

const variables = z.object({
  NODE_ENV: optional(z.enum(['development', 'test', 'production']).default('development')),
  PORT: optional(portNumber.default(3000)),
  HOST: optional(z.string().default('127.0.0.1')),
  DATA_DIR: optional(z.string().default('./data')),
  DEMO: optional(z.enum(['on', 'small', 'off']).optional()),
  STORE: optional(
    z
      .string()
      .refine((text) => text === 'embedded' || text === 'memory' || isEsdbUrl(text), {
        error: 'expected embedded, memory, or esdb://host:2113 of an EventStoreDB',
      })
      .default('embedded'),
  ),
  WORKER: optional(z.enum(['on', 'off']).default('on')),
  ESDB_CLIENT: optional(z.enum(esdbLibraries).default('eventstore')),
  MAIL: optional(z.enum(['folder', 'off']).optional()),
  MAIL_FROM: optional(z.email('expected an email address').default('brokerage@localhost.invalid')),
  PUBLIC_URL: optional(
    z.url({ protocol: /^https?$/, error: 'expected the address people use, https://…' }).optional(),
  ),
  ...signInVariables,
  LOG_LEVEL: optional(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  ),
  MASTER_KEY: optional(
    z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'expected 64 hex digits')
      .optional(),
  ),
  ...auditVariables,
  MAX_BODY: optional(bytes.default(1024 * 1024)),
  MAX_ECM_FILE: optional(bytesUpTo(256).default(32 * 1024 * 1024)),
  REQUESTS_PER_MINUTE: optional(rate.default(6_000)),
  SIGN_INS_PER_MINUTE: optional(rate.default(120)),
});

/** The variables that the environment may set. */
export const knownVariables: ReadonlySet<string> = new Set(Object.keys(variables.shape));

/** The settings of one service, checked once at the start. `.env.example` documents each. */
export interface Config {
  readonly production: boolean;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly demo: 'on' | 'small' | 'off';
  /** Whether policies, deadlines and jobs may run in this process; with EventStoreDB one at a time does. */
  readonly worker: 'on' | 'off';
  readonly store: 'embedded' | 'memory' | 'esdb';
  /** Where the log is with `store: 'esdb'`. */
  readonly esdb?: EsdbSettings;
  /** Where mail goes: files in a folder of the data directory, or nowhere. */
  readonly mail: 'folder' | 'off';
  /** The address that mail comes from. */
  readonly mailFrom: string;
  /** The address under which people reach the service, without a slash at its end. */
  readonly publicUrl: string;
  readonly signIn: SignInSettings;
  /** 64 hex digits; people's keys are derived from it. Development keeps one in the data directory. */
  readonly masterKey?: string;
  readonly audit: AuditSettings;
  readonly logLevel: string;
  readonly maxBodyBytes: number;
  /** Bytes of a file of electronic call monitoring. */
  readonly maxEcmFile: number;
  /** Of one person; 0 for no limit. */
  readonly requestsPerMinute: number;
  /** Of one address, and requests of nobody known; 0 for no limit. */
  readonly signInsPerMinute: number;
}

/** Lists every variable that cannot be used, one line each. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
  constructor(readonly problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((line) => `  ${line}`)].join('\n'));
  }
}

/** Reads the environment. Throws `BadConfiguration` with all bad variables at once. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = variables.safeParse(environment);
  if (!read.success) {
    const said = (name: string) =>
      name === 'MASTER_KEY'
        ? '(not shown)'
        : JSON.stringify(withoutPassword(environment[name] ?? ''));
    throw new BadConfiguration(
      read.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return `${name}=${said(name)}: ${message}`;
      }),
    );
  }
  const { NODE_ENV, DEMO, LOG_LEVEL, ...rest } = read.data;
  const production = NODE_ENV === 'production';
  const problems = [
    ...(production ? refusedInProduction(read.data) : []),
    ...signInProblems(read.data, production),
  ];
  if (problems.length > 0) throw new BadConfiguration(problems);
  return {
    production,
    port: rest.PORT,
    host: rest.HOST,
    dataDir: rest.DATA_DIR,
    worker: rest.WORKER,
    ...storeOf(rest),
    maxBodyBytes: rest.MAX_BODY,
    maxEcmFile: rest.MAX_ECM_FILE,
    requestsPerMinute: rest.REQUESTS_PER_MINUTE,
    signInsPerMinute: rest.SIGN_INS_PER_MINUTE,
    ...(rest.MASTER_KEY && { masterKey: rest.MASTER_KEY }),
    mail: rest.MAIL ?? (production ? 'off' : 'folder'),
    mailFrom: rest.MAIL_FROM,
    publicUrl: (rest.PUBLIC_URL ?? `http://${rest.HOST}:${rest.PORT}`).replace(/\/+$/, ''),
    demo: DEMO ?? (production ? 'off' : 'on'),
    signIn: signInSettings(read.data, production),
    audit: auditSettings(read.data, production),
    logLevel: LOG_LEVEL ?? (production ? 'info' : 'warn'),
  };
}

function storeOf({
  STORE,
  ESDB_CLIENT: library,
}: Pick<z.infer<typeof variables>, 'STORE' | 'ESDB_CLIENT'>): Pick<Config, 'store' | 'esdb'> {
  if (STORE === 'embedded' || STORE === 'memory') return { store: STORE };
  return { store: 'esdb', esdb: esdbSettings(STORE, { library }) };
}

/** An address that is printed without who signs in to it. */
const withoutPassword = (text: string): string => text.replace(/\/\/[^/@]*@/, '//…@');

const refusedInProduction = ({
  DEMO,
  MAIL,
  MASTER_KEY,
  STORE,
}: z.infer<typeof variables>): string[] => [
  ...(MASTER_KEY
    ? []
    : ['MASTER_KEY="": production needs 64 hex digits, kept apart from the data']),
  ...(DEMO === 'on' || DEMO === 'small'
    ? [`DEMO="${DEMO}": production does not load invented people`]
    : []),
  ...(MAIL === 'folder'
    ? ['MAIL="folder": production sends no invitations into a folder that nobody reads']
    : []),
  ...(STORE === 'memory' ? ['STORE="memory": production keeps its events'] : []),
];
