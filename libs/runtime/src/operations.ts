import { serviceOperations } from '#platform/admin/service-operations.js';
import { ecmFeedOperations } from '#brokerage/ecm-feed/ecm-feed.operations.js';
import { ecmOperations } from '#brokerage/ecm-import/ecm.operations.js';
import { registerImportOperations } from '#brokerage/register-import/register-import.operations.js';
import { takeOnOperations } from '#brokerage/take-on/take-on.operations.js';
import { personOperations } from './person.operations.js';
import { demoOperations } from './demo.operations.js';
import { auditOperations } from '#projections/audit/evidence-pack.operations.js';
import { jobOperations } from '#projections/jobs/jobs.operations.js';

/** Everything that the command line may ask of a service. */
export const operations = {
  ...serviceOperations,
  ...jobOperations,
  ...takeOnOperations,
  ...registerImportOperations,
  ...ecmOperations,
  ...ecmFeedOperations,
  ...demoOperations,
  ...personOperations,
  ...auditOperations,
};
