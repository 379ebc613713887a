import type { z } from "zod";
import type { Ctx } from "#server/core/context.ts";

/** The call in which a voice agent calls a function. */
export interface SpeakingCall {
  /** null where the provider named no call: nothing is kept of what is done then. */
  callId: string | null;
  channelId: string;
  customerId: string | null;
  /** What the answer is spoken in. */
  language: "fr" | "en";
  /** IANA zone of the tenant. */
  timezone: string;
  /** Aborted when nobody waits for the answer any longer. */
  signal: AbortSignal;
}

/** A function that a voice agent may call while it speaks to a customer. */
export interface CallFunction {
  name: string;
  /** For the model, in English: when to call it and what it answers. */
  description: string;
  parameters: z.ZodObject;
  /** Checks the arguments and answers in words that can be spoken, or says what is wrong with them. */
  call(ctx: Ctx, call: SpeakingCall, args: unknown): Promise<{ said: string } | { wrong: string[] }>;
}

/** `run` answers one sentence. It must do nothing twice that it is asked once: its own writes are idempotent. */
export function defineCallFunction<Parameters extends z.ZodObject>(definition: {
  name: string;
  description: string;
  parameters: Parameters;
  run(ctx: Ctx, call: SpeakingCall, args: z.output<Parameters>): Promise<string>;
}): CallFunction {
  const { parameters, run, ...described } = definition;
  return {
    ...described,
    parameters,
    async call(ctx, call, args) {
      const read = parameters.safeParse(args);
      if (!read.success) return { wrong: [...new Set(read.error.issues.map((issue) => String(issue.path[0] ?? "")))] };
      return { said: await run(ctx, call, read.data) };
    },
  };
}
