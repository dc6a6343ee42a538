import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { hasRole, type Viewer } from '#kernel/actor.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { PanelCaseDecided } from '#brokerage/package/package.panel.events.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { eventAt, reasonReaders, REVEALED_LOG } from '../revealed-log.js';
import { councilRoles } from '../who-sees.js';
import { PanelDecision } from './panel.view.js';

const readers = [...reasonReaders, 'panel-member'] as const;

/** What the read model of the panel does not keep, because it is sealed. */
@Resolver(() => PanelDecision)
export class PanelDecisionResolver {
  constructor(@Inject(REVEALED_LOG) private readonly log: EventStore) {}

  @ResolveField(() => [String], {
    nullable: true,
    description:
      'What the approval hangs on, or what the panel wants to know; for brokers, the panel and auditors.',
  })
  @Roles(...councilRoles, 'external-broker')
  async conditions(
    @CurrentActor() viewer: Viewer,
    @Parent() { position }: PanelDecision,
  ): Promise<readonly string[] | undefined> {
    if (!hasRole(viewer, ...readers)) return undefined;
    const conditions = (await this.decided(position))?.conditions as unknown;
    return Array.isArray(conditions) ? (conditions as string[]) : undefined;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Why it decided so; for brokers, the panel and auditors.',
  })
  @Roles(...councilRoles, 'external-broker')
  async why(
    @CurrentActor() viewer: Viewer,
    @Parent() { position }: PanelDecision,
  ): Promise<string | undefined> {
    if (!hasRole(viewer, ...readers)) return undefined;
    const reason = (await this.decided(position))?.reason as unknown;
    return typeof reason === 'string' ? reason : undefined;
  }

  private async decided(position: number) {
    const event = await eventAt(this.log, position);
    return event?.type === 'PanelCaseDecided'
      ? (event.data as PanelCaseDecided['data'])
      : undefined;
  }
}
