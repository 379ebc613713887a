import type { Viewer } from "#server/auth/viewer.ts";
import { lineOfKind } from "./play-line.ts";
import type { PhoneRef, WriteInput } from "./schemas.ts";

/** The customer writes. The webhook follows by itself; answers the provider's message id. */
export async function writeAsCustomer(viewer: Viewer | null, input: WriteInput): Promise<{ messageId: string }> {
  const { accountId, standIn } = await lineOfKind(viewer, input.channelId, "phone");
  const customer = { address: input.address, name: input.name || null };
  return { messageId: standIn.write(accountId, customer, input.text) };
}

/** The customer opens the conversation. */
export async function readAsCustomer(viewer: Viewer | null, { channelId, address }: PhoneRef): Promise<void> {
  const { accountId, standIn } = await lineOfKind(viewer, channelId, "phone");
  standIn.markRead(accountId, address);
}
