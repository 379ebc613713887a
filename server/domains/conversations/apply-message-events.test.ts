import { describe, expect, test } from "vitest";
import { createChannel, createConversation, createMessage, createTenant, systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { newToken } from "#server/core/ids.ts";
import { applyMessageEvents, receiveMessages } from "./index.ts";
import { at, receivingShop, rowsOf } from "./testing.ts";

await testDatabase();

interface MessageRow extends Record<string, unknown> {
  id: string;
  external_id: string | null;
  text: string;
  status: string;
}

const bySaid = async (tenant: { tenantId: string }) =>
  Object.fromEntries((await rowsOf<MessageRow>(tenant, "messages")).map((row) => [row.external_id ?? row.id, row]));

describe("what happens to a message", () => {
  async function sent() {
    const shop = await receivingShop();
    const conversation = await createConversation(shop.tenant, { channel: shop.channel });
    const { messageId } = await createMessage(conversation, {
      direction: "out",
      status: "pending",
      externalId: null,
      text: "Oui",
    });
    const known = await createMessage(conversation, {
      direction: "out",
      status: "sent",
      externalId: "ours",
      text: "Voilà",
    });
    return { ...shop, unsent: messageId, ours: known.messageId };
  }

  test("never lowers a status; each keeps its own time; a failure stands", async () => {
    const { tenant, ctx, status } = await sent();
    await applyMessageEvents(ctx, [status("ours", "read", { seconds: 30 })]);
    await applyMessageEvents(ctx, [
      status("ours", "delivered", { seconds: 20 }),
      status("ours", "sent", { seconds: 10 }),
    ]);
    expect((await bySaid(tenant)).ours).toMatchObject({ status: "read", delivered_at: at(20), read_at: at(30) });
    await applyMessageEvents(ctx, [
      status("ours", "failed", { seconds: 5, error: { code: "131026", text: "Undeliverable" } }),
    ]);
    await applyMessageEvents(ctx, [status("ours", "delivered", { seconds: 40 })]);
    expect((await bySaid(tenant)).ours).toMatchObject({
      status: "failed",
      failed_at: at(5),
      error_code: "131026",
      error_message: "Undeliverable",
    });
  });

  test("is known again when it is told again", async () => {
    const { ctx, status } = await sent();
    const batch = [status("ours", "delivered"), status("ours", "delivered"), status("ours", "read")];
    expect((await applyMessageEvents(ctx, batch)).map((one) => one.outcome)).toEqual([
      "applied",
      "duplicate",
      "applied",
    ]);
    expect((await applyMessageEvents(ctx, batch)).map((one) => one.outcome)).toEqual([
      "duplicate",
      "duplicate",
      "duplicate",
    ]);
  });

  test("finds our own message before its provider id is known, and tells it", async () => {
    const { tenant, ctx, status, unsent } = await sent();
    const [applied] = await applyMessageEvents(ctx, [
      status("wamid.new", "delivered", { trackingId: unsent, seconds: 4 }),
    ]);
    expect(applied).toMatchObject({ outcome: "applied", messageId: unsent });
    expect((await bySaid(tenant))["wamid.new"]).toMatchObject({ id: unsent, status: "delivered", delivered_at: at(4) });
  });

  test("waits for a message that is not there yet, and joins it", async () => {
    const { tenant, ctx, message, status, reaction, edit } = await sent();
    const early = [
      status("later", "read", { seconds: 9 }),
      reaction("r1", "soon", "👍", 3),
      edit("e1", "soon", "corrigé", 4),
    ];
    expect((await applyMessageEvents(ctx, early)).map((one) => one.outcome)).toEqual(["parked", "parked", "parked"]);
    await receiveMessages(ctx, [message("soon"), message("later", { direction: "out", seconds: 1 })]);
    const said = await bySaid(tenant);
    expect(said.soon).toMatchObject({
      text: "corrigé",
      edited_at: at(4),
      reactions: [{ by: "customer", emoji: "👍" }],
    });
    expect(said.later).toMatchObject({ status: "read", read_at: at(9) });
  });

  test("parked at the very moment the message arrives is missed by neither", async () => {
    const { tenant, ctx, message, status } = await receivingShop();
    const ids = Array.from({ length: 30 }, (_, index) => `m${index}-${newToken(4)}`);
    await Promise.all(
      ids.flatMap((id) => [
        applyMessageEvents(ctx, [status(id, "read", { seconds: 9 })]),
        receiveMessages(ctx, [message(id, { direction: "out" })]),
      ]),
    );
    expect((await rowsOf<MessageRow>(tenant, "messages")).map((row) => row.status)).toEqual(ids.map(() => "read"));
  });

  test("leaves each side its latest reaction, unless it was taken back", async () => {
    const { tenant, ctx, message, reaction } = await receivingShop();
    await receiveMessages(ctx, [message("a")]);
    await applyMessageEvents(ctx, [
      reaction("3", "a", "🎉", 3),
      reaction("1", "a", "👍", 1),
      reaction("o", "a", "🙏", 2, "out"),
    ]);
    expect((await bySaid(tenant)).a?.reactions).toMatchObject([
      { by: "business", emoji: "🙏" },
      { by: "customer", emoji: "🎉" },
    ]);
    await applyMessageEvents(ctx, [reaction("4", "a", null, 4), reaction("2", "a", "😮", 2)]);
    expect((await bySaid(tenant)).a?.reactions).toMatchObject([{ by: "business", emoji: "🙏" }]);
  });

  test("shows the latest wording, and nothing of what was taken back", async () => {
    const { tenant, ctx, message, edit, revoke } = await receivingShop();
    await receiveMessages(ctx, [message("a"), message("b")]);
    await applyMessageEvents(ctx, [edit("2", "a", "deuxième", 2), edit("1", "a", "première", 1), revoke("r", "b", 3)]);
    await applyMessageEvents(ctx, [edit("3", "b", "trop tard", 4)]);
    const said = await bySaid(tenant);
    expect(said.a).toMatchObject({ text: "deuxième", edited_at: at(2) });
    expect(said.b).toMatchObject({ text: "", deleted_at: at(3) });
  });

  test("of another tenant's message touches nothing", async () => {
    const a = await sent();
    const b = await createTenant();
    const channel = await createChannel(b);
    const [applied] = await applyMessageEvents(systemCtx(b), [
      { ...a.status("ours", "read", { trackingId: a.ours }), channelId: channel.channelId },
    ]);
    expect(applied?.outcome).toBe("parked");
    expect((await bySaid(a.tenant)).ours?.status).toBe("sent");
  });
});
