import { Controller, Get, Inject } from '@nestjs/common';
import { HealthCheck, HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import { RUNTIME, type ProjectionLag, type Runtime } from '../runtime/runtime.js';
import { OpenToEveryone } from '../viewer/roles.js';

/** Whether the process lives, and whether it can serve. The demo council need not be loaded. */
@Controller('health')
@OpenToEveryone()
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  @Get('live')
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck()
  ready() {
    return this.checks.check([
      () => this.store(),
      ...this.runtime.projections().map((projection) => () => this.projection(projection)),
    ]);
  }

  private store() {
    const { writable, reason } = this.runtime.storeHealth();
    const indicator = this.indicators.check('store');
    return writable ? indicator.up() : indicator.down(reason ?? 'the store accepts no events');
  }

  private projection({ name, version, withinRule, ...lag }: ProjectionLag) {
    const indicator = this.indicators.check(`projection ${name}@${version}`);
    return withinRule ? indicator.up(lag) : indicator.down(lag);
  }
}
