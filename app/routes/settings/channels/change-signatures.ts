import type { Caller } from "#server/trpc/root.ts";

/** What an action answers to the buttons of `SignatureMode`. */
export interface SignaturesChanged {
  signatures: { channelId: string; enforced: boolean };
}

/** `enforce` refuses wrong signatures from now on; `observe` explains them and answers as if they were right. */
export async function changeSignatures(
  channels: Caller["channels"],
  channelId: string,
  intent: "enforce" | "observe",
): Promise<SignaturesChanged> {
  const enforced = intent === "enforce";
  await channels.update({ channelId, observeMode: !enforced });
  return { signatures: { channelId, enforced } };
}
