import type { Actor } from '#kernel/actor.js';
import { addDays, type CivilDate } from '#kernel/time.js';
import type { StoredEvent } from '#eventstore/event-store.js';

const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

/** A provider whose rating drops, with its profile, an assessment and a review that is concluded. */
export async function sendProviderCommands(
  events: () => AsyncGenerator<StoredEvent>,
  send: Send,
  today: CivilDate,
): Promise<void> {
  const asked = (name: string, fields: object) => send(name, fields, commissioner);
  const named = { legalName: 'Sample Rated Care', tradingNames: ['Sample Rated'] };
  const cqc = { cqcProviderId: '1-101234567', cqcLocationIds: ['1-201234567'] };
  const { id: providerId } = await asked('RegisterProvider', { ...named, ...cqc });
  const status = { providerId, status: 'registered', fromOn: '2020-01-01' };
  await asked('RecordCqcRegistration', status);
  const rating = { providerId, locationId: '1-201234567' };
  await asked('RecordCqcRating', { ...rating, rating: 'good', ratedOn: addDays(today, -400) });
  const drop = { ...rating, rating: 'requires-improvement', ratedOn: addDays(today, -1) };
  await asked('RecordCqcRating', drop);
  for await (const { type, data } of events()) {
    if (type !== 'ProviderReviewOpened') continue;
    const { reviewId } = data as { readonly reviewId: string };
    await asked('ConcludeProviderReview', { providerId, reviewId, outcome: 'Visited; safe.' });
  }
  await asked('RecordProviderProfile', {
    ...{ providerId, rostering: 'Rota One', careRecords: 'paper', callMonitoring: 'Call One' },
    ...{ carerGenders: ['female'], skills: ['peg'], languages: ['pl'], patches: ['North'] },
    requestMailbox: 'requests@sample-care.example',
  });
  const assessed = { providerId, rating: 'good', assessedOn: addDays(today, -1) };
  await asked('RecordQualityAssessment', { ...assessed, nextDueOn: addDays(today, 364) });
}
