import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { software } from '../config/project-root.js';
import { RUNTIME, type Runtime } from '../runtime/runtime.js';
import { Roles, everyRole } from '../viewer/roles.js';
import { Service } from './service.view.js';

@Resolver()
export class ServiceResolver {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  @Query(() => Service, { description: 'What is running here, for everyone who is signed in.' })
  @Roles(...everyRole)
  service(): Service {
    const { logId, startedAt } = this.runtime;
    return { ...software, logId, startedAt };
  }
}
