import { hasRole, type Actor } from '#kernel/actor.js';
import type { Context } from '#kernel/decider.js';
import { civilDateOf, monthAfter, monthOf } from '#kernel/time.js';
import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { packageDecider } from '../package/package.decider.js';
import { isAwaitingChoice, type PackageState } from '../package/package.rules.js';
import { requestPackageId } from '../request-key/request-key.facts.js';
import { isOwn } from '../service-user/service-user.facts.js';
import type { PersonCase } from '../service-user/service-user.rules.js';
import { rankingAdviceDecider, type RankingAdviceFacts } from './ranking-advice.decider.js';

type Asked = RankingAdviceFacts['RequestRankingAdvice'];
type OfRequest = { readonly requestId: string };

export const rankingAdviceStream = (requestId: string): string => `rankingAdvice-${requestId}`;

export const adviceOf = async (read: FactReader, requestId: string) =>
  (await read.folded(rankingAdviceDecider, rankingAdviceStream(requestId))).state.advice;

async function packageOf(read: FactReader, requestId: string) {
  const packageId = await requestPackageId(read, requestId);
  return read.folded(packageDecider, `carePackage-${packageId ?? 'none'}`);
}

/** The package and the last full month's standing of those whose offers are before the person. */
export async function adviceFacts(
  { requestId }: OfRequest,
  read: FactReader,
  actor: Actor,
  { now }: Pick<Context, 'now'>,
) {
  const carePackage = await packageOf(read, requestId);
  const { state } = carePackage;
  const known = state.packageId !== null && (await isVisible(state, read, actor));
  const current = state.request?.requestId === requestId;
  const offers = current ? state.presented : [];
  const today = civilDateOf(now);
  const question = {
    ...{ month: monthAfter(monthOf(today), -1), today },
    providerIds: offers.map(({ providerId }) => providerId),
  };
  const league = await read.list<Omit<Asked['league'], 'position'>>('leagueOfMonth', question);
  return {
    request: factOf(carePackage, ({ stage, packageId, personId }): Asked['request'] => ({
      ...{ known, awaitsChoice: current && isAwaitingChoice(stage) },
      ...{ packageId: packageId ?? '', personId },
      presented: offers.map(({ offerId, providerId }) => ({ offerId, providerId })),
    })),
    league: { ...league, value: { ...league.value, position: Number(league.position ?? 0) } },
  };
}

export async function readFacts({ requestId }: OfRequest, read: FactReader, actor: Actor) {
  const carePackage = await packageOf(read, requestId);
  const { state } = carePackage;
  const known = state.packageId !== null && (await isVisible(state, read, actor));
  return { request: factOf(carePackage, (): Fact['value'] => ({ known })) };
}

/** An external broker organisation has its own cases alone (S3-4). */
async function isVisible(
  { personId, packageId }: PackageState,
  read: FactReader,
  actor: Actor,
): Promise<boolean> {
  if (!hasRole(actor, 'external-broker')) return true;
  const { value } = await read.list<readonly PersonCase[]>('casesOfPerson', { personId });
  const own = value.find((each) => each.packageId === packageId);
  return own !== undefined && isOwn(actor, own.brokerOrganisation);
}
