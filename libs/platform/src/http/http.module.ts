import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { InputPipe } from '../graphql/input.pipe.js';
import { RolesGuard } from '../viewer/roles.guard.js';
import { AuditController } from './audit.controller.js';
import { CommandMetrics } from './command-metrics.interceptor.js';
import { FaultFilter } from './fault.filter.js';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Throttle } from './throttle.js';

/** What applies to every request: who asks, what is asked, what is answered when it fails. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, MetricsController, AuditController],
  providers: [
    Metrics,
    Throttle,
    { provide: APP_GUARD, useClass: RolesGuard },
    { provide: APP_PIPE, useClass: InputPipe },
    { provide: APP_INTERCEPTOR, useClass: CommandMetrics },
    { provide: APP_FILTER, useClass: FaultFilter },
  ],
  exports: [Metrics],
})
export class HttpModule {}
