import { z } from 'zod';
import { civilDateOf, isCivilDate } from '#kernel/time.js';
import { operation } from '#platform/admin/operation.js';
import { planYear } from '#demo/ecm-year/year-plan.js';
import type { RunningService } from './running-service.js';
import { ensureYearFits, setUpYearCouncil } from './year-council.js';

const input = z.object({
  seed: z.number().int().min(0).max(2_147_483_647),
  scale: z.enum(['full', 'small']),
  /** Default today. */
  asOfOn: z.string().refine(isCivilDate, 'expected a date such as 2026-03-29').optional(),
});

const year = z.object({
  ...{ seed: z.number().int().min(0), weeks: z.number().int(), scale: z.number() },
  endsBefore: z.string(),
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
  'set-up-year': operation(year, async (service: RunningService, request: z.infer<typeof year>) => {
    const plan = planYear(request);
    await ensureYearFits(service, plan);
    await setUpYearCouncil(service, plan);
    return { people: plan.packages.length, providers: plan.providers.length };
  }),
  'demo-progress': operation(z.object({}), (service: RunningService) => service.demo()),
};
