import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "#server/core/clock.ts";
import { systemClock } from "#server/core/clock.ts";
import { answer } from "./answer.ts";
import type { Intake } from "./intake.ts";
import { createIntake } from "./intake.ts";
import { liveAnswers } from "./live-answers.ts";

// Vite reloads modules in development; what waits to be committed must outlive them.
const running = ((globalThis as { guichetIntake?: { intake?: Intake } }).guichetIntake ??= {});

/** Answers a request under `/webhooks/` on Node's own server: nothing stands between the socket and the store. */
export async function answerWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  clock: Clock = systemClock,
): Promise<void> {
  const intake = (running.intake ??= createIntake(clock, liveAnswers));
  answer(request, response, await intake.take(request));
}

/** Whether a request is for {@link answerWebhook}. */
export function isWebhook(request: IncomingMessage): boolean {
  return request.url?.startsWith("/webhooks/") ?? false;
}

/** Waits until every post that was taken is stored. Before the database closes. */
export async function stopIntake(): Promise<void> {
  const { intake } = running;
  delete running.intake;
  await intake?.stop();
}
