/** The two libraries that speak EventStoreDB's protocol; ADR 29 says which is the default and why. */
export const esdbLibraries = ['eventstore', 'kurrent'] as const;
export type EsdbLibrary = (typeof esdbLibraries)[number];

/** Name and password of a user of the server. */
export interface EsdbCredentials {
  readonly username: string;
  /** Not enumerable, so that no log prints it. */
  readonly password: string;
}

export interface EsdbSettings {
  readonly library: EsdbLibrary;
  /** The connection string without credentials. */
  readonly connection: string;
  readonly credentials: EsdbCredentials;
  /** One try of an append; its outcome is unknown afterwards. */
  readonly appendDeadlineMs: number;
  /** How long an append or a read is tried again while the server is away. */
  readonly patienceMs: number;
  /** A read that says nothing for so long is given up and begun again. */
  readonly readSilenceMs: number;
}

const parts =
  /^(?<scheme>(?:esdb|kurrentdb|kurrent)(?:\+discover)?):\/\/(?:(?<user>[^@/]*)@)?(?<rest>.+)$/;

/** Whether a text names an EventStoreDB (or KurrentDB). */
export const isEsdbUrl = (text: string): boolean => parts.test(text);

/**
 * Reads `esdb://user:password@host:2113?tls=…`. The credentials are taken out: the libraries print
 * their connection string when debugging. Throws `TypeError` for what is no connection string.
 */
export function esdbSettings(
  url: string,
  options: Partial<Omit<EsdbSettings, 'connection' | 'credentials'>> = {},
): EsdbSettings {
  const { scheme, user, rest } = parts.exec(url)?.groups ?? {};
  if (scheme === undefined || rest === undefined) {
    throw new TypeError('expected esdb://host:2113 or esdb+discover://host:2113');
  }
  const library = options.library ?? 'eventstore';
  const own = library === 'eventstore' ? 'esdb' : 'kurrentdb';
  const discover = scheme.endsWith('+discover') ? '+discover' : '';
  const [username = '', password = ''] = (user ?? '').split(':').map(decodeURIComponent);
  return {
    appendDeadlineMs: 5_000,
    patienceMs: 15_000,
    readSilenceMs: 5_000,
    ...options,
    library,
    connection: `${own}${discover}://${rest}`,
    credentials: credentialsOf(username, password),
  };
}

const credentialsOf = (username: string, password: string): EsdbCredentials =>
  Object.defineProperty({ username }, 'password', { value: password }) as EsdbCredentials;
