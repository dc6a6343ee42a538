import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { hasRole, type Viewer } from '#kernel/actor.js';
import type { EventStore } from '#eventstore/event-store.js';
import { CurrentActor } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import { eventAt, reasonReaders, REVEALED_LOG } from '../revealed-log.js';
import { councilRoles } from '../who-sees.js';
import { panelWordsOf, type PanelWords } from './panel-words.rules.js';
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
    return (await this.wordsAt(position))?.conditions;
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
    return (await this.wordsAt(position))?.why;
  }

  private async wordsAt(position: number): Promise<PanelWords | undefined> {
    const event = await eventAt(this.log, position);
    return event && panelWordsOf(event);
  }
}
