import { expect, test } from "vitest";
import { createChannel, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { withTenant } from "#db/tenant.ts";
import { systemClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { receiveMessages } from "#server/domains/conversations/index.ts";
import { parseMail } from "#server/mail/parse-mail.ts";
import { readMail } from "#server/mail/read-mail.ts";
import { mailBytes, ordinary, own, receivedAt } from "#server/mail/testing.ts";
import { readMailBody } from "./read-mail-body.ts";

await testDatabase();

const html = `<p>Voyez <a href="https://boutique.example">ceci</a></p><script>alert(1)</script>
<img src="cid:photo"><img src="https://suivi.example/p.gif"><img src="http://suivi.example/q.gif">`;
const parts = [
  "--limite\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVoyez ceci\r\n\r\n-- \r\nCamille\r\n\r\nLe 20 nov. 2026 à 10:00, Atelier a écrit :\r\n> Bonjour",
  `--limite\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`,
  "--limite--",
];

async function receive() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const ctx = contextFor(tenant.tenantId, { type: "webhook", channelId: channel.channelId }, systemClock);
  const headers = { ...ordinary, "Content-Type": "multipart/alternative; boundary=limite" };
  const { payload } = await readMail(mailBytes(headers, parts.join("\r\n")));
  const { event } = parseMail(payload, receivedAt, own);
  if (event.kind !== "message") throw new Error(event.kind);
  const [written] = await receiveMessages(ctx, [{ channelId: channel.channelId, webhookLogId: null, event }]);
  return { ctx, messageId: written!.messageId! };
}

test("a mail is shown harmless, its quotation and signature apart, strangers' pictures only when asked for", async () => {
  const { ctx, messageId } = await receive();
  const body = await readMailBody(ctx, { messageId }, "/t/atelier/files");
  expect(body).toMatchObject({ subject: "Abat-jour", remoteImages: 2 });
  expect(body.quotedText).toContain("> Bonjour");
  expect(body.signature).toContain("Camille");
  expect(body.html).toContain('<a href="https://boutique.example" rel="noopener noreferrer nofollow" target="_blank">');
  expect(body.html).not.toMatch(/script|alert|suivi\.example/);
  const asked = await readMailBody(ctx, { messageId, remoteImages: true }, "/t/atelier/files");
  expect(asked.html).toContain('src="https://suivi.example/p.gif"');
});

test("nobody else's mail is found, nor one that was taken back", async () => {
  const { ctx, messageId } = await receive();
  const stranger = contextFor((await createTenant()).tenantId, { type: "system" }, systemClock);
  await expect(readMailBody(stranger, { messageId }, "")).rejects.toMatchObject({ code: "not_found" });
  await withTenant(ctx, (tx) => tx.raw.unsafe("update messages set deleted_at = now() where id = $1", [messageId]));
  await expect(readMailBody(ctx, { messageId }, "")).rejects.toMatchObject({ code: "not_found" });
});
