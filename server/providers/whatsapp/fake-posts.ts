import { createHash } from "node:crypto";
import type { JsonObject } from "../contract.ts";
import type { StandInCustomer } from "../stand-in.ts";
import type { FakeAccount } from "./fake-graph.ts";

interface FakeMessage {
  id: string;
  text: string;
  at: Date;
  replyToId: string | null;
  image: { id: string; mimeType: string } | null;
}

/** The webhook of a customer's message, as Meta writes it. */
export function messagePost(account: FakeAccount, customer: StandInCustomer, message: FakeMessage): JsonObject {
  const { id, text, image, replyToId } = message;
  const digits = phoneDigits(customer.address);
  const userId = userIdOf(customer.address);
  const body: JsonObject = image
    ? { type: "image", image: { id: image.id, mime_type: image.mimeType, ...(text === "" ? {} : { caption: text }) } }
    : { type: "text", text: { body: text } };
  return changePost(account, {
    contacts: [
      {
        profile: { name: customer.name ?? customer.address },
        ...(digits === null ? {} : { wa_id: digits }),
        user_id: userId,
      },
    ],
    messages: [
      {
        ...(digits === null ? {} : { from: digits }),
        from_user_id: userId,
        id,
        timestamp: seconds(message.at),
        ...(replyToId === null ? {} : { context: { from: account.address.replace(/\D/g, ""), id: replyToId } }),
        ...body,
      },
    ],
  });
}

/** The webhook of a status, as Meta writes it. */
export function statusPost(
  account: FakeAccount,
  report: { messageId: string; address: string; status: string; tracker: string | null; code: number | null },
): JsonObject {
  const digits = phoneDigits(report.address);
  const words = "Message could not be delivered";
  return changePost(account, {
    statuses: [
      {
        id: report.messageId,
        status: report.status,
        timestamp: seconds(new Date()),
        ...(digits === null ? {} : { recipient_id: digits }),
        recipient_user_id: userIdOf(report.address),
        ...(report.tracker === null ? {} : { biz_opaque_callback_data: report.tracker }),
        ...(report.code === null
          ? { pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "service" } }
          : { errors: [{ code: report.code, title: words, message: words, error_data: { details: words } }] }),
      },
    ],
  });
}

function changePost(account: FakeAccount, value: JsonObject): JsonObject {
  const { business_account_id: accountId = "", phone_number_id: numberId = "" } = account.credentials;
  const metadata = { display_phone_number: account.address.replace(/\D/g, ""), phone_number_id: numberId };
  return {
    object: "whatsapp_business_account",
    entry: [
      {
        id: accountId,
        changes: [{ field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } }],
      },
    ],
  };
}

function phoneDigits(address: string): string | null {
  return /^\+\d+$/.test(address) ? address.slice(1) : null;
}

/** Meta names everyone by a business-scoped id too; ours is made from the number. */
function userIdOf(address: string): string {
  if (!address.startsWith("+")) return address;
  const hash = createHash("sha256").update(address).digest("hex").slice(0, 14);
  return `FR.${BigInt(`0x${hash}`)}`;
}

function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}
