import { systemActor, type Viewer } from '#kernel/actor.js';
import { policyOn, type CouncilPolicy, type PolicyChange } from '#kernel/council-policy.js';
import type { CivilDate } from '#kernel/time.js';
import { asOf } from '#platform/graphql/paging.view.js';
import type { Projector } from '../read-side.js';
import { councilPolicy } from './council-policy.projection.js';
import type { Policy, PolicyChangeRow } from './council-policy.view.js';

/** Reads of the council's own numbers. */
export class CouncilPolicyReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(councilPolicy);
  }

  /** The policy in force on a date, for whoever judges by it. */
  inForceOn(on: CivilDate): CouncilPolicy {
    return policyOn(this.reader.select(systemActor, 'changes').flatMap(approved), on);
  }

  policy(viewer: Viewer, on: CivilDate): Policy {
    const orderBy = { column: 'proposedAt', direction: 'desc' } as const;
    const changes = [...this.reader.select(viewer, 'changes', { orderBy })];
    const { ecmGoLiveOn, ...values } = policyOn(changes.flatMap(approved), on);
    return {
      ...values,
      ...(ecmGoLiveOn !== null && { ecmGoLiveOn }),
      ...{ on, changes, asOf: asOf(this.reader.asOf()) },
    };
  }
}

const approved = ({ version, effectiveOn, values }: PolicyChangeRow): PolicyChange[] =>
  version === undefined ? [] : [{ version, effectiveOn, values: values }];
