import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { JsonObject } from "./contract.ts";
import { objectOf, readJson } from "./read-json.ts";
import { requestForm } from "./twilio/send.ts";
import { requestBody } from "./whatsapp/send.ts";

const message = {
  id: "019a0000-0000-7000-8000-000000000001",
  to: { kind: "phone" as const, value: "+33639981234" },
  text: "Bonjour, oui !",
  replyToId: "wamid.SAMPLE",
  statusCallbackUrl: "https://guichet.example/webhooks/twilio/clef?a=1",
};

test("a WhatsApp request is what Meta documents", () => {
  expect(requestBody(message)).toEqual({
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: "+33639981234",
    context: { message_id: "wamid.SAMPLE" },
    type: "text",
    text: { preview_url: false, body: "Bonjour, oui !" },
    biz_opaque_callback_data: message.id,
  });
  const scoped = requestBody({ ...message, replyToId: null, to: { kind: "whatsapp_user_id", value: "FR.1" } });
  expect(scoped).toMatchObject({ recipient: "FR.1" });
  expect(scoped).not.toHaveProperty("to");
  expect(scoped).not.toHaveProperty("context");
});

test("a Twilio request is what Twilio documents", () => {
  const channel = (credentials: Record<string, string>) => ({
    channelId: "c",
    tenantId: "t",
    apiBaseUrl: "",
    credentials,
  });
  const sent = (
    credentials: Record<string, string>,
    to: (typeof message)["to"] | { kind: "whatsapp_user_id" | "handle"; value: string } = message.to,
  ) => Object.fromEntries(requestForm(channel(credentials), { ...message, to }));
  expect(sent({ phone_number: "+33199001234" })).toEqual({
    To: "+33639981234",
    From: "+33199001234",
    Body: "Bonjour, oui !",
    StatusCallback: `https://guichet.example/webhooks/twilio/clef?a=1&message=${message.id}`,
  });
  expect(sent({ phone_number: "+33199001234", messaging_service_sid: "MG1" })).toMatchObject({
    MessagingServiceSid: "MG1",
  });
  expect(sent({ phone_number: "whatsapp:+33199001234" }).To).toBe("whatsapp:+33639981234");
  expect(sent({ phone_number: "whatsapp:+33199001234" }, { kind: "whatsapp_user_id", value: "FR.1" }).To).toBe(
    "whatsapp:FR.1",
  );
  expect(sent({ phone_number: "+33199001234" }, { kind: "handle", value: "sms:38000" }).To).toBe("38000");
});

const documented = join(import.meta.dirname, "../../../shared/corpus/whatsapp_api");

test("our requests have the keys and types of the vendor's own examples, where those are at hand", () => {
  if (!existsSync(documented)) {
    console.log(`no recorded requests at ${documented}: the vendor's examples were not compared`);
    return;
  }
  const examples = readdirSync(documented)
    .filter((file) => /^meta_send_send_.*text_message\.json$/.test(file))
    .map((file) => objectOf(readJson(readFileSync(join(documented, file)))))
    .filter((example): example is JsonObject => example?.type === "text");
  expect(examples.length).toBeGreaterThan(1);
  const ours = requestBody(message);
  for (const example of examples) expect(shapeOf(ours)).toMatchObject(shapeOf(example));
});

/** The object with each leaf replaced by its type. */
function shapeOf(source: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(source).map(([key, value]) => {
      const inner = objectOf(value);
      return [key, inner ? shapeOf(inner) : typeof value];
    }),
  );
}
