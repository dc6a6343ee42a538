import { LoggerModule } from 'nestjs-pino';
import { requestLog } from './request-log.js';

/** Nest's messages in the process's log. The request log itself is mounted before the body parser. */
export const LoggingModule = LoggerModule.forRoot({ pinoHttp: requestLog, useExisting: true });
