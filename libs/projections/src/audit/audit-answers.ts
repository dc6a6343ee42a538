import type { AuditLooks } from '#brokerage/audit-look/audit-looks.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Submission } from '#platform/commands/submission.js';
import { packages } from '../package/package.projection.js';
import { PastMoments } from '../past/past-moments.js';
import { showing, type Projector } from '../read-side.js';
import { PackageStories } from './package-story.queries.js';
import type { PackageStory } from './package-story.view.js';
import { Sights } from './who-saw.queries.js';
import type { WhoSaw } from './who-saw.view.js';

export interface AuditParts {
  readonly projector: Projector;
  /** Sealed: a story has no words about a person. */
  readonly log: EventStore;
  readonly clock: Clock;
  readonly looks: AuditLooks;
}

/** Answers to an auditor, by GraphQL, as a page or as a file: each look is recorded first. */
export class AuditAnswers {
  private readonly moments: PastMoments;
  private readonly stories: PackageStories;
  private readonly sights: Sights;

  constructor(private readonly parts: AuditParts) {
    const { projector, log, clock } = parts;
    this.moments = new PastMoments(projector, log, clock);
    this.stories = new PackageStories(projector, log);
    this.sights = new Sights(projector, log);
  }

  async story(
    by: Submission,
    packageId: string,
    { after, asOf }: { readonly after?: string | undefined; readonly asOf?: string | undefined },
  ): Promise<PackageStory | undefined> {
    const { projector, log, clock, looks } = this.parts;
    await showing(after, projector.reader(packages));
    const moment =
      asOf === undefined
        ? { position: await log.head(), now: clock.now() }
        : await this.moments.named(asOf);
    await looks.look('packageStory', [packageId], by);
    return this.stories.story(by.actor, packageId, moment);
  }

  async whoSaw(by: Submission, personId: string): Promise<WhoSaw> {
    await this.parts.looks.look('whoSaw', [personId], by);
    return this.sights.of(by.actor, personId);
  }
}
