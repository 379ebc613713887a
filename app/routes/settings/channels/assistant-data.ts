import type { Caller } from "#server/trpc/root.ts";

export type Assistant = Awaited<ReturnType<Caller["assistants"]["get"]>>;
export type Definition = Assistant["definition"];
export type Comparison = NonNullable<Awaited<ReturnType<Caller["assistants"]["compare"]>>>;

/** A definition as the form says it. */
export function readDefinition(form: FormData): Definition {
  const text = (name: string) => String(form.get(name) ?? "");
  return {
    prompt: text("prompt").replaceAll("\r\n", "\n"),
    greeting: text("greeting"),
    language: text("language") === "en" ? "en" : "fr",
    voice: text("voice"),
    functions: form.getAll("functions").map(String),
    transferTo: text("transferTo"),
  };
}

/** How a vendor writes its own name. */
export const providerName = (provider: string) => (provider === "retell" ? "Retell" : "Vapi");

/** A voice, as each vendor names them. */
export const voiceExample = (provider: string) => (provider === "retell" ? "retell-Cimo" : "11labs:burt");
