import { reason, type CareWanted, type Reason } from './care-wanted.rules.js';
import type { ProviderProfileView } from './provider-quality.view.js';

type Profile = Pick<ProviderProfileView, 'carerGenders' | 'skills' | 'languages'> | undefined;

/** The needs that a provider's profile answers; what it does not state cannot be checked (X2). */
export function offerReasons(profile: Profile, wanted: CareWanted): Reason[] {
  const { carerGenderNeed = 'any', skills = [], languages = [] } = wanted;
  const gender = carerGenderNeed === 'any' ? [] : [carerGenderNeed.replace('-only', '')];
  return [
    ...offered('CarerGender', 'carers of the needed gender', gender, profile?.carerGenders),
    ...offered('Skills', 'the needed skills', skills, profile?.skills),
    ...offered('Languages', 'the needed languages', languages, profile?.languages),
  ];
}

function offered(
  code: string,
  what: string,
  needed: readonly string[],
  stated: readonly string[] = [],
): Reason[] {
  if (needed.length === 0) return [];
  if (stated.length === 0) {
    const sentence = `Its profile does not tell whether it has ${what}: not checkable.`;
    return [reason(`${code}NotStated`, 'not-checkable', sentence)];
  }
  return needed.every((each) => stated.includes(each))
    ? [reason(`${code}Offered`, 'for', `Its profile states ${what}.`)]
    : [reason(`${code}NotOffered`, 'against', `Its profile does not state ${what}.`)];
}
