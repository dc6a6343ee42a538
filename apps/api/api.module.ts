import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from '#platform/admin/admin.module.js';
import type { Config } from '#platform/config/config.js';
import { GraphqlModule } from '#platform/graphql/graphql.module.js';
import { HttpModule } from '#platform/http/http.module.js';
import { SignInModule } from '#platform/local-issuer/sign-in.module.js';
import { LoggingModule } from '#platform/logging/logging.module.js';
import { ProjectionsModule } from '#projections/projections.module.js';
import { registeredProviders } from '#projections/contract-register/registered-providers.queries.js';
import type { Projector } from '#projections/read-side.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import { RuntimeModule } from '#platform/runtime/runtime.module.js';
import { BrokerageModule } from '#brokerage/brokerage.module.js';
import { ruleBooks } from '#brokerage/rule-books.js';
import { operations } from '#runtime/operations.js';

const providersOf = ({ readModels }: Runtime) => registeredProviders(readModels as Projector);

/** The table of contents of the api process. */
@Module({})
export class ApiModule {
  static of(config: Config, runtime: Runtime): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        RuntimeModule.of(config, runtime),
        SignInModule.of(config, providersOf),
        LoggingModule,
        HttpModule,
        AdminModule.of(operations),
        GraphqlModule.of(config, ruleBooks),
        BrokerageModule,
        ProjectionsModule,
      ],
    };
  }
}
