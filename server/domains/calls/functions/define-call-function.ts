import { z } from "zod";
import type { Ctx } from "#server/core/context.ts";
import type { Language } from "#server/domains/spoken-times/index.ts";

/** Who is on the line, as far as the number that they call from says. */
export interface KnownCaller {
  customerId: string;
  /** null: nothing but their number is known. */
  name: string | null;
  /** IANA zone. */
  timezone: string;
  /** It can only be them: what is kept of them may be said to them. A name or number that was merely spoken proves nothing. */
  sure: boolean;
}

/** The call in which a voice agent calls a function. */
export interface SpeakingCall {
  /** null where the provider named no call: nothing is kept of what is done then. */
  callId: string | null;
  channelId: string;
  /** The thread it has its line in, once its events were applied. */
  conversationId: string | null;
  /** E.164; null where the number is withheld. */
  caller: string | null;
  customer: KnownCaller | null;
  /** What the answer is spoken in. */
  language: Language;
  /** IANA zone of the tenant. */
  timezone: string;
  /** Functions that the business lets this agent call; null: it never said. */
  allowed: readonly string[] | null;
  /** Where a caller is put through to, E.164; null: nowhere. */
  transferTo: string | null;
  /** Aborted when nobody waits for the answer any longer. */
  signal: AbortSignal;
}

/** Rows that a function made or found: the call is linked to them. */
export interface CallLinks {
  appointmentId?: string;
  prospectId?: string;
  ticketId?: string;
  /** Who a caller without a number says they are. */
  customerId?: string;
}

/** What a function did, and the sentence that says so. */
export interface Done {
  said: string;
  links?: CallLinks;
  /** The provider puts the caller through to this number. */
  transferTo?: string;
}

/** Thrown by a function that does not do what it was asked: the sentence says why, or asks for what is missing. What it began is undone. */
export class Declined extends Error {
  readonly said: string;

  constructor(said: string) {
    super("declined");
    this.said = said;
  }
}

/** A function that a voice agent may call while it speaks to a customer. */
export interface CallFunction {
  name: string;
  /** For the model, in English: when to call it and what it answers. */
  description: string;
  /** It changes something: only within a call that is known, or a provider's retry would do it twice. */
  changes: boolean;
  parameters: z.ZodObject;
  /** Checks the arguments and answers in words that can be spoken, or says what is wrong with them. */
  call(ctx: Ctx, call: SpeakingCall, args: unknown): Promise<Done | { wrong: string[] }>;
}

/** Every function may be told in which language it is spoken. */
const spokenIn = z.enum(["fr", "en"]).optional().describe("Language of the answer; the agent's own unless given");

/**
 * `run` answers one sentence. What it writes commits together with its answer, once for each call and key: it need not
 * think of retries. Throws {@link Declined}.
 */
export function defineCallFunction<Shape extends z.ZodRawShape>(definition: {
  name: string;
  description: string;
  changes?: true;
  parameters: z.ZodObject<Shape>;
  run(ctx: Ctx, call: SpeakingCall, args: z.output<z.ZodObject<Shape>>): Promise<string | Done>;
}): CallFunction {
  const { run, changes = false, ...described } = definition;
  const parameters = definition.parameters.extend({ language: spokenIn });
  return {
    ...described,
    changes,
    parameters,
    async call(ctx, call, args) {
      const read = parameters.safeParse(args);
      if (!read.success) return { wrong: [...new Set(read.error.issues.map((issue) => String(issue.path[0] ?? "")))] };
      const { language = call.language, ...given } = read.data as { language?: Language };
      const done = await run(ctx, { ...call, language }, given as z.output<z.ZodObject<Shape>>);
      return typeof done === "string" ? { said: done } : done;
    },
  };
}
