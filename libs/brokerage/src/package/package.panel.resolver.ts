import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Submission } from '#platform/commands/submission.js';
import { Mutations } from '#platform/graphql/mutations.js';
import { Receipt } from '#platform/graphql/paging.view.js';
import { CurrentSubmission } from '#platform/viewer/current-actor.js';
import { Roles } from '#platform/viewer/roles.js';
import {
  DecidePanelCase,
  GiveInterimAuthority,
  OpenPanelCase,
  SendBackCase,
} from './package.panel.commands.js';

const brokers = ['broker', 'senior-broker'] as const;
const members = ['panel-member'] as const;
const authorities = ['senior-broker'] as const;
const senders = [...brokers, ...members] as const;

/** The Quality Assurance Panel (S3-7). */
@Resolver()
export class PanelResolver extends Mutations {
  @Mutation(() => Receipt, {
    description: 'Asks the panel about a package over its level; freezes the figure (S3-7).',
  })
  @Roles(...brokers)
  openPanelCase(
    @Args('input') input: OpenPanelCase,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Decides for one agency of the panel (S3-7).' })
  @Roles(...members)
  decidePanelCase(
    @Args('input') input: DecidePanelCase,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Lets urgent care go on before the panel meets (S3-7).' })
  @Roles(...authorities)
  giveInterimAuthority(
    @Args('input') input: GiveInterimAuthority,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }

  @Mutation(() => Receipt, { description: 'Takes a panel case back (S3-7).' })
  @Roles(...senders)
  sendBackCase(
    @Args('input') input: SendBackCase,
    @CurrentSubmission() by: Submission,
  ): Promise<Receipt> {
    return this.submit(input, by);
  }
}
