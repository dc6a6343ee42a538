import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { EventStore } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { eventAt, reasonReaders, REVEALED_LOG } from '../revealed-log.js';
import { councilRoles } from '../who-sees.js';
import { whyOf } from './package-why.rules.js';
import { HistoryLine } from './package.view.js';

/** What the read model of packages does not keep, because it is sealed: why. */
@Resolver(() => HistoryLine)
export class HistoryLineResolver {
  constructor(@Inject(REVEALED_LOG) private readonly log: EventStore) {}

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Why, in the words of those who decided; for brokers and auditors, until the person is erased.',
  })
  @Roles(...councilRoles, 'case-system', 'external-broker', 'provider')
  async why(
    @CurrentActor() viewer: Viewer,
    @Parent() { position }: HistoryLine,
  ): Promise<string | undefined> {
    if (!hasRole(viewer, ...reasonReaders)) return undefined;
    const event = await eventAt(this.log, Number(position));
    return event && whyOf(event);
  }
}
