import { z } from 'zod';
import { civilDateOf, isCivilDate } from '#kernel/time.js';
import { operation } from '#platform/admin/operation.js';
import type { RunningService } from './running-service.js';

const input = z.object({
  seed: z.number().int().min(0).max(2_147_483_647),
  scale: z.enum(['full', 'small']),
  /** Default today. */
  asOfOn: z.string().refine(isCivilDate, 'expected a date such as 2026-03-29').optional(),
});

/** What an operator may ask about the demo council. */
export const demoOperations = {
  'load-demo': operation(
    input,
    async (service: RunningService, { seed, scale, asOfOn }: z.infer<typeof input>) => {
      const request = { seed, scale, asOfOn: asOfOn ?? civilDateOf(new Date().toISOString()) };
      await service.loadDemo(request);
      return request;
    },
  ),
  'demo-progress': operation(z.object({}), (service: RunningService) => service.demo()),
};
