import type { Viewer } from "#server/auth/viewer.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { lineOfKind } from "./play-line.ts";
import type { EchoInput, MessageRef, PhoneRef, ReactInput, WriteInput } from "./schemas.ts";

/** The customer writes. The webhook follows by itself; answers the provider's message id. */
export async function writeAsCustomer(viewer: Viewer | null, input: WriteInput): Promise<{ messageId: string }> {
  const { accountId, standIn } = await lineOfKind(viewer, input.channelId, "phone");
  const customer = { address: input.address, name: input.name || null };
  const way = (standIn.ways ?? ["direct"]).find((known) => known === (input.as ?? "direct"));
  const { hoursAgo = 0, file } = input;
  if (!way || (input.text === "" && way !== "story_mention" && !file)) throw invalid({ text: "required" });
  const at = new Date(Date.now() - hoursAgo * 3_600_000);
  const messageId = standIn.write(accountId, customer, input.text, {
    as: way,
    ...(hoursAgo > 0 ? { at } : {}),
    ...(file ? { file } : {}),
  });
  return { messageId };
}

/** The customer takes back what they wrote. */
export async function unsendAsCustomer(viewer: Viewer | null, { channelId, messageId }: MessageRef): Promise<void> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "phone");
  standIn.unsend?.(accountId, messageId);
}

/** The customer reacts to a message of the business, or takes that back. */
export async function reactAsCustomer(viewer: Viewer | null, { channelId, ...reaction }: ReactInput): Promise<void> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "phone");
  const known = standIn.transcript(accountId, reaction.address).some(({ id }) => id === reaction.messageId);
  if (!known || !standIn.react) throw notFound();
  standIn.react(accountId, reaction.messageId, reaction.emoji);
}

/** The business answers from the app on its own phone: what it wrote comes to us as an echo. */
export async function writeAsBusiness(viewer: Viewer | null, input: EchoInput): Promise<{ messageId: string }> {
  const { accountId, standIn } = await lineOfKind(viewer, input.channelId, "phone");
  if (!standIn.writeAsBusiness) throw notFound();
  const customer = { address: input.address, name: input.name || null };
  return { messageId: standIn.writeAsBusiness(accountId, customer, input.text) };
}

/** The customer opens the conversation. */
export async function readAsCustomer(viewer: Viewer | null, { channelId, address }: PhoneRef): Promise<void> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "phone");
  standIn.markRead(accountId, address);
}
