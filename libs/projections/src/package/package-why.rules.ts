import { offerPersonalFields } from '#brokerage/offer/offer.events.js';
import { packagePersonalFields } from '#brokerage/package/package.personal.events.js';
import { visitPersonalFields } from '#brokerage/visit/visit.events.js';
import { visitAlarmPersonalFields } from '#brokerage/visit-alarm/visit-alarm.events.js';

type Fields = Readonly<Record<string, { readonly fields: readonly string[] }>>;

const fieldsOf: Fields = {
  ...packagePersonalFields.events,
  ...offerPersonalFields.events,
  ...visitPersonalFields.events,
  ...visitAlarmPersonalFields.events,
};

const namesPeople = (path: string): boolean =>
  path.endsWith('name') || path.endsWith('decisionMaker');

/** The texts at a path: a sentence, or several. What is sealed for good is no text. */
function textsAt(data: unknown, path: string): readonly string[] {
  let found = data;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null) return [];
    found = (found as Record<string, unknown>)[step];
  }
  const several: readonly unknown[] = Array.isArray(found) ? found : [found];
  return several.filter((text) => typeof text === 'string' && text !== '') as string[];
}

/**
 * In the words of those who decided: `Edith Fernsby: The time suits me; I know the carer`. Undefined
 * where an event gives no reason, or the person it is about was erased.
 */
export function whyOf({ type, data }: { type: string; data: unknown }): string | undefined {
  const fields = fieldsOf[type]?.fields ?? [];
  const [who, what] = [fields.filter(namesPeople), fields.filter((path) => !namesPeople(path))].map(
    (paths) => paths.flatMap((path) => textsAt(data, path)),
  );
  return [who?.join(', '), what?.join('; ')].filter(Boolean).join(': ') || undefined;
}
