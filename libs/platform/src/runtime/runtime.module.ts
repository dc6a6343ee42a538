import {
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Commands } from '../commands/commands.js';
import type { Config } from '../config/config.js';
import { CONFIG, RUNTIME, type Runtime } from './runtime.js';

/** Closes the store after the last request was answered. */
@Injectable()
class RuntimeShutdown implements OnApplicationShutdown {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  onApplicationShutdown(): Promise<void> {
    return this.runtime.close();
  }
}

/** Gives every module the configuration and the running store. */
@Module({})
export class RuntimeModule {
  static of(config: Config, runtime: Runtime): DynamicModule {
    const provided = [
      { provide: CONFIG, useValue: config },
      { provide: RUNTIME, useValue: runtime },
      { provide: Commands, useValue: runtime.commands },
    ];
    return {
      module: RuntimeModule,
      global: true,
      providers: [...provided, RuntimeShutdown],
      exports: provided,
    };
  }
}
