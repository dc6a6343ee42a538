import { randomBytes } from 'node:crypto';
import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';
import type { Config } from '../config/config.js';
import { addressOf, reachable } from '../http/address.js';
import { CONFIG } from '../runtime/runtime.js';
import { ADMIN_TOKEN, AdminController, AdminGuard, OPERATIONS } from './admin.controller.js';
import type { Operations } from './operation.js';
import { removeServiceFile, writeServiceFile } from './service-file.js';

/** Tells clients on this machine where the service listens, as long as it does. */
@Injectable()
class Announcement implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    private readonly http: HttpAdapterHost,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(ADMIN_TOKEN) private readonly token: string,
  ) {}

  onModuleInit(): void {
    const { store, dataDir } = this.config;
    if (store === 'memory') return;
    this.http.listen$.subscribe(() => {
      const url = reachable(addressOf(this.http.httpAdapter.getHttpServer() as Server));
      writeServiceFile(dataDir, { url, pid: process.pid, token: this.token });
    });
  }

  beforeApplicationShutdown(): void {
    removeServiceFile(this.config.dataDir, process.pid);
  }
}

/** The command line's way into the running service. */
@Module({})
export class AdminModule {
  static of(operations: Operations): DynamicModule {
    return {
      module: AdminModule,
      controllers: [AdminController],
      providers: [
        AdminGuard,
        Announcement,
        { provide: OPERATIONS, useValue: operations },
        { provide: ADMIN_TOKEN, useFactory: () => randomBytes(32).toString('hex') },
      ],
    };
  }
}
