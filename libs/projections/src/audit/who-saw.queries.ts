import type { EventStore } from '#eventstore/event-store.js';
import { systemActor, type Viewer } from '#kernel/actor.js';
import { civilDateOf, localTimeOf, type Instant } from '#kernel/time.js';
import type { AuditLookRecorded } from '#brokerage/audit-look/audit-look.events.js';
import { refusals } from '../refusals/refusals.projection.js';
import type { Projector } from '../read-side.js';
import { personCases } from '../service-user/person-cases.projection.js';
import { serviceUsers } from '../service-user/service-users.projection.js';
import type { Sight, WhoSaw } from './who-saw.view.js';

/** Who saw, or tried to see, what is known of a person: readings, looks and refusals together. */
export class Sights {
  private readonly people;
  private readonly refusals;
  private readonly cases;

  constructor(
    projector: Projector,
    private readonly log: Pick<EventStore, 'readAll'>,
  ) {
    this.people = projector.reader(serviceUsers);
    this.refusals = projector.reader(refusals);
    this.cases = projector.reader(personCases);
  }

  async of(viewer: Viewer, personId: string): Promise<WhoSaw> {
    const packageIds = this.cases
      .select(systemActor, 'cases', { filter: { personId } })
      .map(({ packageId }) => packageId);
    const sights = [
      ...this.readings(viewer, personId),
      ...this.refused(viewer, [personId, ...packageIds]),
      ...(await this.looks(new Set([personId, ...packageIds]))),
    ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
    return { personId, totalCount: sights.length, sights };
  }

  private readings(viewer: Viewer, personId: string): Sight[] {
    const rows = this.people.select(viewer, 'reads', { filter: { personId } });
    return rows.map(({ readAt: at, by, roles, organisation, purpose }) => ({
      ...{ at, london: london(at), kind: 'identity' as const, by, roles: [...roles] },
      ...{ through: purpose, count: 1, ...(organisation !== undefined && { organisation }) },
    }));
  }

  private refused(viewer: Viewer, subjects: readonly string[]): Sight[] {
    return subjects.flatMap((subjectId) =>
      this.refusals
        .select(viewer, 'refusals', { filter: { subjectId } })
        .map(({ lastAt: at, by, roles, organisation, code, count }) => ({
          ...{ at, london: london(at), kind: 'refused' as const, by, roles: [...roles] },
          ...{ through: code, count, ...(organisation !== undefined && { organisation }) },
        })),
    );
  }

  /** Looks are few; they are read from the log itself. */
  private async looks(subjects: ReadonlySet<string>): Promise<Sight[]> {
    const sights: Sight[] = [];
    const filter = { types: ['AuditLookRecorded'] };
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await this.log.readAll({ after, filter });
      for (const { data } of page.events) {
        const look = data as AuditLookRecorded['data'];
        const subject = look.subjects.find((each) => subjects.has(each));
        if (subject === undefined) continue;
        const { lookedAt: at, by, roles, what: through } = look;
        sights.push({
          ...{ at, london: london(at), kind: 'evidence', by, roles: [...roles], through, count: 1 },
          packageId: subject,
        });
      }
      ({ upTo: after, caughtUp } = page);
    }
    return sights;
  }
}

const london = (at: Instant): string => `${civilDateOf(at)} ${localTimeOf(at)}`;
