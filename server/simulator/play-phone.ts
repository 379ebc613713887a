import type { Viewer } from "#server/auth/viewer.ts";
import { invalid } from "#server/core/errors.ts";
import { lineOfKind } from "./play-line.ts";
import type { MessageRef, PhoneRef, WriteInput } from "./schemas.ts";

/** The customer writes. The webhook follows by itself; answers the provider's message id. */
export async function writeAsCustomer(viewer: Viewer | null, input: WriteInput): Promise<{ messageId: string }> {
  const { accountId, standIn } = await lineOfKind(viewer, input.channelId, "phone");
  const customer = { address: input.address, name: input.name || null };
  const way = (standIn.ways ?? ["direct"]).find((known) => known === (input.as ?? "direct"));
  if (!way || (input.text === "" && way !== "story_mention")) throw invalid({ text: "required" });
  const { hoursAgo = 0 } = input;
  const at = new Date(Date.now() - hoursAgo * 3_600_000);
  const messageId = standIn.write(accountId, customer, input.text, { as: way, ...(hoursAgo > 0 ? { at } : {}) });
  return { messageId };
}

/** The customer takes back what they wrote. */
export async function unsendAsCustomer(viewer: Viewer | null, { channelId, messageId }: MessageRef): Promise<void> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "phone");
  standIn.unsend?.(accountId, messageId);
}

/** The customer opens the conversation. */
export async function readAsCustomer(viewer: Viewer | null, { channelId, address }: PhoneRef): Promise<void> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "phone");
  standIn.markRead(accountId, address);
}
