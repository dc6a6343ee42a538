import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 250;

/** Asks again and again until the answer is the awaited one; work goes on elsewhere meanwhile. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  isOver: (answer: Answer) => boolean,
): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (isOver(answer)) return answer;
    await pause(everyMs);
  }
}
