import type { Caller } from "#server/trpc/root.ts";

export type Voice = NonNullable<Parameters<Caller["channels"]["saveVoice"]>[0]["voice"]>;

/** What becomes of a call, in the order in which it is offered. */
export const handlings = ["forward", "voice_agent", "voicemail"] as const satisfies readonly Voice["handling"][];

/** The form of a call's handling as the server takes it; null where calls are not answered. */
export function readVoice(values: Readonly<Record<string, string>>): Voice | null {
  if (values["answers"] !== "on") return null;
  const handling = handlings.find((one) => one === values["handling"]) ?? "voicemail";
  return {
    greeting: values["greeting"] ?? "",
    language: values["language"] === "en" ? "en" : "fr",
    handling,
    forwardTo: handling === "forward" ? (values["forwardTo"] ?? "") : null,
    voiceChannelId: handling === "voice_agent" ? values["voiceChannelId"] || null : null,
    voicemail: handling === "voicemail" || values["voicemail"] === "on",
  };
}
