import { InputType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';

/** What every command carries. */
@InputType({ isAbstract: true })
export abstract class Submitted {
  /**
   * A UUIDv7 made by the client. The command takes effect once, however often it is sent with the
   * same id and content.
   */
  @IsUUID(7)
  commandId: string;
}
