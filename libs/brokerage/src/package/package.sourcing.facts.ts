import type { Context } from '#kernel/decider.js';
import { civilDateOf } from '#kernel/time.js';
import type { Fact, FactReader } from '#platform/commands/slice.js';
import { offerDecider } from '../offer/offer.decider.js';
import { offerIdOf } from '../offer/offer.facts.js';
import { identityLeaks, serviceUserStream } from '../service-user/service-user.facts.js';
import { serviceUserDecider } from '../service-user/service-user.decider.js';
import { gatesOf } from '../provider/provider.quality.rules.js';
import * as codes from './package.codes.js';
import { packageDecider } from './package.decider.js';
import type { CareNeeds } from './package.events.js';
import { packageStream } from './package.facts.js';
import type { Reply } from './package.presentation.decider.js';
import { requestPack } from './package.request.rules.js';
import { routeOf } from './package.routing.rules.js';
import type { PackageState } from './package.rules.js';
import type { PricedInvitation } from './package.sourcing.decider.js';
import type { IssueRequest } from './package.sourcing.commands.js';

type OfPackage = { readonly packageId: string };

/** The providers that may be invited now by the route, and what the pack would tell of the person. */
export async function issueRequestFacts(
  command: IssueRequest,
  read: FactReader,
  _: unknown,
  { now, policy }: Pick<Context, 'now' | 'policy'>,
) {
  const { state } = await read.folded(packageDecider, packageStream(command.packageId));
  return {
    eligible: await eligibleFor(state, command, read, { now, policy }),
    acceptableOffers: await acceptableOffers(state, read),
    leaked: await packLeaks(state, read),
    postcodeSector: await sectorOf(state, read, policy),
  };
}

/** The contracts that a route would ask, each with what the package would cost under it. */
export async function eligibleFor(
  state: PackageState,
  command: Pick<IssueRequest, 'route'>,
  read: FactReader,
  { now, policy }: Pick<Context, 'now' | 'policy'>,
) {
  const { needs } = state;
  const route = routeOf(state, command, policy);
  const { lot, patch, startOn } = needs ?? { lot: '', patch: '', startOn: '' };
  const care = needs && {
    ...{ schedule: needs.schedule, carerGenderNeed: needs.carerGenderNeed },
    ...{ skills: needs.skills, languages: needs.languages },
  };
  const judged = { decidedOn: civilDateOf(now), gates: gatesOf(policy) };
  const question = { lot, patch, startOn, route, ...care, ...judged };
  return read.list<readonly PricedInvitation[]>('eligibleContracts', question);
}

export async function excuseFacts({ packageId }: OfPackage, read: FactReader) {
  const { state } = await read.folded(packageDecider, packageStream(packageId));
  return { acceptableOffers: await acceptableOffers(state, read) };
}

/** Each invited provider's reply, folded from its own stream to the end. */
export async function presentOffersFacts({ packageId }: OfPackage, read: FactReader) {
  const { state } = await read.folded(packageDecider, packageStream(packageId));
  return { replies: { value: await repliesTo(state, read) } };
}

export async function closeRequestFacts({ packageId }: OfPackage, read: FactReader) {
  const { state } = await read.folded(packageDecider, packageStream(packageId));
  const replied = new Set((await repliesTo(state, read)).map(({ providerId }) => providerId));
  const invited = (state.request?.invited ?? []).map(({ providerId }) => providerId);
  return { unanswered: { value: invited.filter((providerId) => !replied.has(providerId)) } };
}

/** Offers of a closed request that could still be presented. */
async function acceptableOffers(state: PackageState, read: FactReader): Promise<Fact<number>> {
  if (state.stage !== 'request-closed') return { value: 0 };
  const replies = await repliesTo(state, read);
  const acceptable = replies.filter(
    ({ status, nonCompliance }) => status === 'offered' && nonCompliance.length === 0,
  );
  return { value: acceptable.length };
}

async function repliesTo({ request }: PackageState, read: FactReader): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const { providerId } of request?.invited ?? []) {
    const stream = `offer-${offerIdOf(request?.requestId ?? '', providerId)}`;
    const { state: offer, revision } = await read.folded(offerDecider, stream);
    if (revision === 'none') continue;
    if (offer.offerId === null || offer.status === null || offer.status === 'accepted') continue;
    replies.push({
      offerId: offer.offerId,
      providerId,
      contractId: offer.contractId,
      startOn: offer.terms?.startOn ?? '',
      times: offer.terms?.times ?? [],
      weeklyCostPence: offer.terms?.weeklyCostPence ?? null,
      status: offer.status,
      nonCompliance: offer.terms?.nonCompliance ?? [],
      revision,
    });
  }
  return replies;
}

/** Words of the closed lists may be someone's name (Warden) and tell nothing. */
const closedCodes: readonly string[] = [
  ...[...codes.ageBands, ...codes.genders, ...codes.carerGenderNeeds, ...codes.tasks],
  ...[...codes.accessFlags, ...codes.householdFlags],
];

const names: ReadonlySet<string> = new Set(['name', 'preferredName', 'nextOfKin.name']);

/**
 * Compares the pack with the person's record (S1-9). The patch is on the allow-list: it may be
 * called as the person is, but no more than that.
 */
async function packLeaks(
  { needs, personId, reference }: PackageState,
  read: FactReader,
): Promise<Fact<readonly string[]>> {
  if (!needs) return { value: [] };
  const pack = requestPack(needs, '');
  const references = idsOf(reference);
  const allowed = [...closedCodes, ...pack.languages, pack.postcodeDistrict, pack.patch];
  const inPack = await identityLeaks(read, personId, pack, { allowed, references });
  const inPatch = await identityLeaks(read, personId, pack.patch, { references });
  const leaked = [...inPack.value.leaked, ...inPatch.value.leaked.filter((at) => !names.has(at))];
  return { ...inPack, value: [...new Set(leaked)] };
}

/** Both ids under which the case system knows the case. */
export const idsOf = (reference: PackageState['reference']) =>
  reference
    ? [reference.personRef, reference.referralRef].map((personRef) => ({
        ...{ system: reference.system, personRef },
      }))
    : [];

async function sectorOf(
  { personId, needs }: PackageState,
  read: FactReader,
  { packTellsSector }: { readonly packTellsSector: boolean },
): Promise<Fact<string | null>> {
  if (!packTellsSector) return { value: null };
  const person = await read.folded(serviceUserDecider, serviceUserStream(personId));
  return { value: sectorWithin(needs, person.state.identity?.postcode) };
}

/** `ZZ7 1` of `ZZ7 1AB`; none where the record and the referral name different districts. */
export function sectorWithin(
  needs: Pick<CareNeeds, 'postcodeDistrict'> | null,
  postcode: string | undefined,
): string | null {
  const [, district, digit] = /^(\S+) ?(\d)[A-Z]{2}$/.exec(postcode ?? '') ?? [];
  return district !== undefined && district === needs?.postcodeDistrict
    ? `${district} ${digit}`
    : null;
}
