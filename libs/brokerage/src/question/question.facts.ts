import type { Actor } from '#kernel/actor.js';
import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { replyingProvider } from '../offer/offer.facts.js';
import { packageDecider } from '../package/package.decider.js';
import { isCaseOf } from '../package/package.own-cases.rules.js';
import { idsOf } from '../package/package.sourcing.facts.js';
import { requestPackageId } from '../request-key/request-key.facts.js';
import { identityLeaks } from '../service-user/service-user.facts.js';
import type { AnswerQuestion, AskQuestion } from './question.commands.js';
import { questionDecider, type QuestionedRequest } from './question.decider.js';

export const questionsStream = (requestId: string): string => `requestQuestions-${requestId}`;

async function packageOf(read: FactReader, requestId: string) {
  const packageId = await requestPackageId(read, requestId);
  return read.folded(packageDecider, `carePackage-${packageId ?? 'none'}`);
}

type CarePackage = Awaited<ReturnType<typeof packageOf>>;

/** `only`: the invited provider whose part it is; the others are none of its business. */
const requestFact = (
  carePackage: CarePackage,
  { requestId, actor, only }: { requestId: string; actor: Actor; only: string | null },
): Fact<QuestionedRequest> =>
  factOf(carePackage, ({ request, stage, packageId, personId, brokerOrganisation }) => ({
    known: request?.requestId === requestId && isCaseOf({ brokerOrganisation }, actor),
    open: stage === 'request-open',
    closesAt: request?.closesAt ?? '',
    ...{ packageId: packageId ?? '', personId },
    invited: (request?.invited ?? [])
      .map(({ providerId }) => providerId)
      .filter((providerId) => providerId === only),
  }));

export async function askFacts(
  { requestId, providerId: named }: AskQuestion,
  read: FactReader,
  actor: Actor,
) {
  const providerId = replyingProvider(actor, named);
  return {
    request: requestFact(await packageOf(read, requestId), { requestId, actor, only: providerId }),
    providerId: { value: providerId },
  };
}

/** Both texts, as all invited providers would read them, are compared with the person's record. */
export async function answerFacts(
  { requestId, questionId, question, answer }: AnswerQuestion,
  read: FactReader,
  actor: Actor,
) {
  const carePackage = await packageOf(read, requestId);
  const { state } = await read.folded(questionDecider, questionsStream(requestId));
  const asked = state.questions.find((each) => each.questionId === questionId);
  const texts = [question ?? asked?.question ?? '', answer];
  const { personId, reference } = carePackage.state;
  const references = idsOf(reference);
  return {
    request: requestFact(carePackage, { requestId, actor, only: null }),
    leaks: await identityLeaks(read, personId, texts, { references }),
  };
}
