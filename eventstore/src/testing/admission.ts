import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { accessDenied, noLeaderInfo, notAuthenticated, notLeader } from './refusals.js';

/** Names and passwords; without any, everybody may do everything, as on an insecure node. */
export type DoubleUsers = Readonly<Record<string, string>>;

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Who may call this node, and what it leaves to its leader. */
export class Admission {
  /** The leader of a node that follows; `'unknown'` while one is elected, `undefined` where it leads. */
  leader: Endpoint | 'unknown' | undefined;

  constructor(private readonly users: DoubleUsers | undefined) {}

  /** Why a call with these headers is refused. */
  refusalOf(headers: Metadata): ServiceError | undefined {
    return this.unwelcome(headers) ?? this.misled(headers);
  }

  private unwelcome(headers: Metadata): ServiceError | undefined {
    if (!this.users) return undefined;
    const [authorization] = headers.get('authorization');
    if (authorization === undefined) return accessDenied();
    const text = Buffer.from(String(authorization).replace(/^Basic /i, ''), 'base64').toString();
    const [name = '', password] = text.split(':');
    return this.users[name] === password && password !== undefined ? undefined : notAuthenticated();
  }

  private misled(headers: Metadata): ServiceError | undefined {
    if (!this.leader || String(headers.get('requires-leader')[0]).toLowerCase() !== 'true') {
      return undefined;
    }
    return this.leader === 'unknown'
      ? noLeaderInfo()
      : notLeader(this.leader.host, this.leader.port);
  }
}
