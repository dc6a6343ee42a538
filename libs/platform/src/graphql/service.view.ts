import { ObjectType } from '@nestjs/graphql';

/** The running service. */
@ObjectType()
export class Service {
  name: string;

  version: string;

  /** Names the log of events. Positions and cursors of another log mean nothing here. */
  logId: string;

  startedAt: string;
}
