import { setTimeout } from "node:timers/promises";

/** Longer than either way takes. */
const leastMs = 350;

/** Answers no earlier than after a while, so that the time it takes does not tell who is known already. */
export async function answerEvenly<T>(run: () => Promise<T>): Promise<T> {
  const [answer] = await Promise.allSettled([run(), setTimeout(leastMs)]);
  if (answer.status === "rejected") throw answer.reason;
  return answer.value;
}
