import { createHash } from "node:crypto";
import type { JsonObject } from "../contract.ts";
import type { StandInCustomer } from "../stand-in.ts";
import type { FakeAccount } from "./fake-account.ts";

export interface FakeMessage {
  id: string;
  text: string;
  at: Date;
  replyToId: string | null;
  file: { id: string; mimeType: string; sha256: string; name: string | null } | null;
}

/** The webhook of a customer's message, as Meta writes it. */
export function messagePost(account: FakeAccount, customer: StandInCustomer, message: FakeMessage): JsonObject {
  const { id, text, at, file, replyToId } = message;
  const body = file ? fileBody(file, text) : { type: "text", text: { body: text } };
  const context: JsonObject = replyToId === null ? {} : { context: { from: numberOf(account), id: replyToId } };
  return customerPost(account, customer, { id, timestamp: seconds(at), ...context, ...body });
}

/** What is recorded on a phone comes as a voice message; sounds have no caption. */
function fileBody({ id, mimeType, sha256, name }: NonNullable<FakeMessage["file"]>, caption: string): JsonObject {
  const shared = { id, mime_type: mimeType, sha256 };
  const captioned = caption === "" ? shared : { ...shared, caption };
  const family = mimeType.split("/")[0];
  if (family === "image") return { type: "image", image: captioned };
  if (family === "video") return { type: "video", video: captioned };
  if (family === "audio") return { type: "audio", audio: { ...shared, voice: mimeType.startsWith("audio/ogg") } };
  return { type: "document", document: { ...captioned, ...(name === null ? {} : { filename: name }) } };
}

/** The webhook of a customer's reaction; without an emoji it is taken back. */
export function reactionPost(
  account: FakeAccount,
  customer: StandInCustomer,
  reaction: { id: string; targetId: string; emoji: string | null },
): JsonObject {
  const emoji: JsonObject = reaction.emoji === null ? {} : { emoji: reaction.emoji };
  return customerPost(account, customer, {
    id: reaction.id,
    timestamp: seconds(new Date()),
    type: "reaction",
    reaction: { message_id: reaction.targetId, ...emoji },
  });
}

/** The webhook of what the business wrote in its phone's app. */
export function echoPost(
  account: FakeAccount,
  customer: StandInCustomer,
  message: { id: string; text: string; at: Date },
): JsonObject {
  const digits = phoneDigits(customer.address);
  const echo = {
    from: numberOf(account),
    ...(digits === null ? {} : { to: digits }),
    to_user_id: userIdOf(customer.address),
    id: message.id,
    timestamp: seconds(message.at),
    type: "text",
    text: { body: message.text },
  };
  return changePost(account, { message_echoes: [echo] }, "smb_message_echoes");
}

/** The webhook of a template's new state. */
export function templatePost(
  account: FakeAccount,
  template: { name: string; language: string; event: string; reason: string | null },
): JsonObject {
  return {
    object: "whatsapp_business_account",
    entry: [
      {
        id: account.credentials.business_account_id ?? "",
        time: Math.floor(Date.now() / 1000),
        changes: [
          {
            field: "message_template_status_update",
            value: {
              event: template.event,
              message_template_id: 1,
              message_template_name: template.name,
              message_template_language: template.language,
              reason: template.reason ?? "NONE",
            },
          },
        ],
      },
    ],
  };
}

function customerPost(account: FakeAccount, customer: StandInCustomer, message: JsonObject): JsonObject {
  const digits = phoneDigits(customer.address);
  const userId = userIdOf(customer.address);
  const profile = { name: customer.name ?? customer.address };
  return changePost(account, {
    contacts: [{ profile, ...(digits === null ? {} : { wa_id: digits }), user_id: userId }],
    messages: [{ ...(digits === null ? {} : { from: digits }), from_user_id: userId, ...message }],
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

function changePost(account: FakeAccount, value: JsonObject, field = "messages"): JsonObject {
  const { business_account_id: accountId = "", phone_number_id: numberId = "" } = account.credentials;
  const metadata = { display_phone_number: numberOf(account), phone_number_id: numberId };
  return {
    object: "whatsapp_business_account",
    entry: [
      {
        id: accountId,
        changes: [{ field, value: { messaging_product: "whatsapp", metadata, ...value } }],
      },
    ],
  };
}

function numberOf(account: FakeAccount): string {
  return account.address.replace(/\D/g, "");
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
