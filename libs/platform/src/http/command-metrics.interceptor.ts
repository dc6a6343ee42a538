import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { tap, type Observable } from 'rxjs';
import { faultOf } from '../graphql/faults.js';
import { Metrics } from './metrics.js';

/** Counts and times each command that a mutation sends. */
@Injectable()
export class CommandMetrics implements NestInterceptor {
  constructor(private readonly metrics: Metrics) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'graphql') return next.handle();
    const info = context.getArgByIndex<{ fieldName: string; parentType: { name: string } }>(3);
    if (info.parentType.name !== 'Mutation') return next.handle();
    const startedAt = performance.now();
    const finished = (outcome: string) => {
      this.metrics.commandFinished(info.fieldName, outcome, (performance.now() - startedAt) / 1000);
    };
    return next.handle().pipe(
      tap({
        complete: () => finished('accepted'),
        error: (error: unknown) => finished(faultOf(error).code),
      }),
    );
  }
}
