import { expect, test } from "vitest";
import type { InboundEvent } from "../contract.ts";
import { readPost, sampleFiles, samplePost } from "../testing-samples.ts";
import { whatsapp } from "./index.ts";

const read = (name: string) => readPost(whatsapp, samplePost("whatsapp", `${name}.json`));
const only = (name: string) => {
  const events = read(name);
  expect(events).toHaveLength(1);
  return events[0]!;
};

const at = (seconds: number) => new Date(seconds * 1000);

const camille = {
  identities: [
    { kind: "phone", value: "+33639981234", raw: "33639981234" },
    { kind: "whatsapp_id", value: "33639981234" },
    { kind: "whatsapp_user_id", value: "FR.10457820012345" },
  ],
  name: "Camille Fictive",
};

test("a text", () => {
  const { part, event, unknowns } = only("text");
  expect(part).toMatchObject({
    routingKeys: ["whatsapp:number:106540352242922"],
    type: "message.text",
    externalId: "wamid.SAMPLETEXT",
    dedupeKey: "message:wamid.SAMPLETEXT",
    customerIdentifier: "33639981234",
    occurredAt: at(1795255200),
  });
  expect(event).toEqual({
    kind: "message",
    direction: "in",
    messageId: "wamid.SAMPLETEXT",
    person: camille,
    content: { kind: "text", text: "Bonjour, avez-vous encore des tulipes ?", media: [], data: null },
    replyToId: null,
    occurredAt: at(1795255200),
  });
  expect(unknowns).toEqual([]);
});

test.each<[string, string, string]>([
  ["text-reply", "text", "Oui, celles-là"],
  ["text-from-advertisement", "text", "Je viens de votre annonce"],
  ["text-about-product", "text", "Encore disponible ?"],
  ["text-forwarded", "text", "À faire suivre"],
  ["text-without-phone", "text", "Bonsoir"],
  ["text-in-group", "text", "Bonjour à tous"],
  ["image", "media", "Comme ceci"],
  ["image-failed", "media", "📷"],
  ["image-by-url", "media", "📷"],
  ["voice", "media", "🎤"],
  ["video", "media", "🎬"],
  ["document", "media", "📄 devis.pdf"],
  ["sticker", "media", "🏷️"],
  ["location", "location", "📍 Marché, 1 place de l'Exemple, Paris"],
  ["location-untyped", "location", "📍 48.8566, 2.3522"],
  ["contacts", "contacts", "👤 Ali Fictif, +33 6 39 98 66 66"],
  ["button", "interactive", "Je confirme"],
  ["button-reply", "interactive", "Oui"],
  ["list-reply", "interactive", "Livraison express"],
  ["form-reply", "interactive", "Camille · mardi 10 h"],
  ["call-permission", "interactive", "📞 accept"],
  ["interactive-with-error", "unsupported", "Unsupported webhook payload"],
  ["order", "order", "Pour samedi\n🛒 2 × tulipe-rouge"],
  ["unsupported", "unsupported", "Message type is currently not supported."],
  ["unknown-type", "unsupported", "[hologram]"],
  ["call-connect", "call", "📞"],
])("%s is a message of kind %s that reads « %s »", (name, kind, text) => {
  expect(only(name).event).toMatchObject({ kind: "message", direction: "in", content: { kind, text } });
});

test("what came around a message is kept", () => {
  const dataOf = (name: string) => {
    const { event } = only(name);
    return event.kind === "message" ? event.content.data : null;
  };
  expect(dataOf("text-from-advertisement")).toMatchObject({ referral: { source_type: "ad" } });
  expect(dataOf("text-about-product")).toMatchObject({ referred_product: { product_retailer_id: "tulipe-rouge" } });
  expect(dataOf("text-forwarded")).toEqual({ frequently_forwarded: true });
  expect(dataOf("text-in-group")).toEqual({ group_id: "Y2FwaV9ncm91cDox" });
  expect(dataOf("location")).toMatchObject({ location: { latitude: 48.8566, longitude: 2.3522 } });
  expect(dataOf("form-reply")).toMatchObject({ response: { prenom: "Camille" } });
  expect(dataOf("list-reply")).toMatchObject({ type: "list_reply", id: "express" });
  expect(only("text-reply").event).toMatchObject({ replyToId: "wamid.SAMPLEOURS" });
});

test("media are references, and say when Meta could not deliver them", () => {
  const mediaOf = (name: string) => {
    const { event } = only(name);
    return event.kind === "message" ? event.content.media : [];
  };
  expect(mediaOf("image")).toEqual([
    {
      kind: "image",
      mediaId: "2621233374848975",
      url: null,
      mimeType: "image/jpeg",
      fileName: null,
      bytes: null,
      sha256: "nsVOPTYVPMCm1TZhCS2VYJ3NKbBzwGjpqlIV1Y8sVD8=",
      error: null,
    },
  ]);
  expect(mediaOf("image-failed")).toMatchObject([
    { error: "131052 · Media download error · Failed to download the media" },
  ]);
  expect(mediaOf("image-by-url")).toMatchObject([{ url: expect.stringContaining("lookaside") }]);
  expect(mediaOf("document")).toMatchObject([{ kind: "document", fileName: "devis.pdf" }]);
});

test("a customer without a phone is known by the business-scoped id", () => {
  const { part, event } = only("text-without-phone");
  expect(part.customerIdentifier).toBe("FR.20457820012345");
  expect(event).toMatchObject({
    person: { identities: [{ kind: "whatsapp_user_id", value: "FR.20457820012345" }], name: "Dominique" },
  });
});

test("reactions, edits and revocations name their target", () => {
  expect(only("reaction").event).toMatchObject({ kind: "reaction", targetId: "wamid.SAMPLEOURS", emoji: "❤️" });
  expect(only("reaction-removed").event).toMatchObject({ kind: "reaction", emoji: null });
  expect(only("edit").event).toMatchObject({
    kind: "edit",
    messageId: "wamid.SAMPLEEDIT",
    targetId: "wamid.SAMPLETEXT",
    content: { kind: "text", text: "Bonjour, avez-vous des tulipes rouges ?" },
  });
  expect(only("revoke").event).toMatchObject({ kind: "revoke", targetId: "wamid.SAMPLETEXT" });
  expect(only("call-terminate").event).toMatchObject({
    kind: "edit",
    targetId: "wacid.SAMPLECALL",
    content: { kind: "call", text: "📞 1:03", data: { seconds: 63 } },
  });
});

test("an echo is the business's own message to the customer", () => {
  expect(only("echo").event).toMatchObject({
    kind: "message",
    direction: "out",
    person: {
      identities: [
        { kind: "phone", value: "+33639981234" },
        { kind: "whatsapp_id" },
        { kind: "whatsapp_user_id", value: "FR.10457820012345" },
      ],
    },
    content: { text: "Oui, il en reste !" },
  });
  expect(only("echo-revoked").event).toMatchObject({ kind: "revoke", direction: "out", targetId: "wamid.SAMPLEECHO" });
});

test("statuses carry our id, the error and the rank's word", () => {
  const { part, event } = only("status-sent");
  expect(part).toMatchObject({ type: "status.sent", dedupeKey: "status:wamid.SAMPLEOURS:sent:33639981234" });
  expect(event).toMatchObject({
    kind: "status",
    status: "sent",
    trackingId: "019a0000-0000-7000-8000-000000000001",
    error: null,
  });
  expect(only("status-delivered-without-phone").part.dedupeKey).toBe(
    "status:wamid.SAMPLEOURS:delivered:FR.20457820012345",
  );
  expect(only("status-read").event).toMatchObject({ status: "read" });
  expect(only("status-played").event).toMatchObject({ status: "read" });
  expect(only("status-failed").event).toMatchObject({
    status: "failed",
    error: { code: "131047", text: "More than 24 hours have passed since the customer last replied" },
  });
  expect(only("status-group").part.customerIdentifier).toBe("33639981234");
  expect(only("status-unknown")).toMatchObject({
    event: { kind: "ignored", why: "unknown status teleported" },
    unknowns: ["status.status=teleported"],
  });
  expect(only("call-status").event).toEqual({ kind: "ignored", why: "call ringing" });
});

test("system messages change identities", () => {
  expect(only("number-changed").event).toMatchObject({
    kind: "identity_change",
    person: { identities: expect.arrayContaining([expect.objectContaining({ value: "+33639981234" })]) },
    next: { identities: [{ kind: "phone", value: "+33639989999" }, { kind: "whatsapp_id" }] },
  });
  expect(only("user-id-changed").event).toMatchObject({
    kind: "identity_change",
    next: { identities: [{ kind: "whatsapp_user_id", value: "FR.30457820012345" }] },
  });
  const same = only("identity-changed").event;
  expect(same).toMatchObject({ kind: "identity_change" });
  if (same.kind === "identity_change") expect(same.next).toEqual(same.person);
});

test("marketing preferences are consent", () => {
  expect(only("marketing-stop").event).toMatchObject({ kind: "consent", scope: "marketing", granted: false });
  expect(only("marketing-resume").event).toMatchObject({ kind: "consent", scope: "marketing", granted: true });
});

test.each<[string, string, string]>([
  ["account-restricted", "account_update.account_restriction", "critical"],
  ["account-alert", "account_alerts", "warning"],
  ["template-rejected", "message_template_status_update.rejected", "warning"],
  ["template-quality", "message_template_quality_update", "warning"],
  ["number-quality", "phone_number_quality_update.downgrade", "warning"],
  ["number-settings", "account_settings_update", "info"],
  ["group-created", "group.create", "info"],
])("%s is account news %s, %s", (name, topic, severity) => {
  expect(only(name).event).toMatchObject({ kind: "account", topic, severity, text: expect.stringMatching(/./) });
});

test("account news route by the account, number news by the number", () => {
  expect(only("template-rejected").part.routingKeys).toEqual(["whatsapp:account:102290129340398"]);
  expect(only("number-settings").part.routingKeys).toEqual(["whatsapp:number:106540352242922"]);
  expect(only("template-rejected").part.occurredAt).toEqual(at(1795255232));
});

test("what is not ours to act on is ignored with a reason", () => {
  expect(only("history").event).toEqual({ kind: "ignored", why: "past conversations are not imported" });
  expect(only("unknown-field")).toMatchObject({
    event: { kind: "ignored", why: "unknown field time_travel" },
    unknowns: ["field=time_travel"],
  });
});

test("every sample gives events that a person can read", () => {
  const kinds = new Set<InboundEvent["kind"]>();
  for (const file of sampleFiles("whatsapp")) {
    for (const { event } of readPost(whatsapp, samplePost("whatsapp", file))) kinds.add(event.kind);
  }
  expect([...kinds].toSorted()).toEqual([
    "account",
    "consent",
    "edit",
    "identity_change",
    "ignored",
    "message",
    "reaction",
    "revoke",
    "status",
  ]);
});
