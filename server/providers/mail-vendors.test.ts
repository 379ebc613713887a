import { afterEach, expect, test } from "vitest";
import { answer, byVendor, camille, startMailVendor, type TestedVendor } from "./testing-mail-vendors.ts";
import { closedAddress } from "./testing-vendor.ts";

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(vendor: TestedVendor) {
  const started = await startMailVendor(vendor);
  stops.push(() => started.stop());
  return started;
}

test.each(byVendor)(
  "a customer writes through %s, is answered, and answers back into the thread",
  async (_, vendor) => {
    const { standIn, account, channel, eventsOf, received } = await start(vendor);
    const files = [{ fileName: "abat-jour.png", mimeType: "image/png", bytes: picture, contentId: "image1" }];
    const html = '<p>Réparez-vous ceci ?</p><img src="cid:image1">';
    const first = standIn.deliver(account.id, {
      from: camille,
      subject: "Abat-jour",
      text: "Réparez-vous ceci ?",
      html,
      files,
    });
    await standIn.settled();
    expect(received.every(({ verified }) => verified)).toBe(true);
    expect(received[0]?.part.routingKeys).toEqual(
      expect.arrayContaining([vendor.provider.routingKeysOf(channel.credentials)[0]]),
    );
    expect(eventsOf("message")).toMatchObject([
      {
        messageId: first,
        direction: "in",
        person: { identities: [{ kind: "email", value: camille.address }], name: camille.name },
        content: { text: "Réparez-vous ceci ?", media: [{ fileName: "abat-jour.png", contentId: "image1" }] },
        thread: { subject: "Abat-jour", automatic: false },
        mail: { html: expect.stringContaining("cid:image1") as string },
      },
    ]);

    const file = {
      kind: "image" as const,
      fileName: "devis.png",
      mimeType: "image/png",
      bytes: picture.length,
      url: "",
      read: () => Promise.resolve(picture),
    };
    const sent = await vendor.provider.send(channel, answer({ files: [file] }));
    if (sent.outcome !== "accepted") throw new Error(JSON.stringify(sent));
    await standIn.settled();
    const [, seen] = standIn.mails(account.id, camille.address);
    expect(seen).toMatchObject({
      messageId: sent.providerMessageId,
      author: "business",
      subject: "Re: Abat-jour",
      text: "Oui, mercredi.",
      files: ["devis.png"],
    });
    expect(standIn.mails(account.id, "atelier@client.example")).toHaveLength(1);
    expect(eventsOf("status")).toMatchObject(
      [camille.address, "atelier@client.example"].map(() => ({ status: "delivered", trackingId: answer().id })),
    );

    standIn.deliver(account.id, {
      from: camille,
      subject: "Re: Abat-jour",
      text: "Parfait.",
      inReplyTo: sent.providerMessageId,
    });
    await standIn.settled();
    expect(eventsOf("message").at(-1)).toMatchObject({
      thread: { references: [sent.providerMessageId], token: "01990000-0000-7000-8000-000000000002" },
    });
  },
);

test.each(byVendor)("%s tells of a bounce, of an opened mail and of a complaint", async (_, vendor) => {
  const { standIn, channel, eventsOf, received } = await start(vendor);
  standIn.setBehaviour({ failDelivery: "5.1.1" });
  await vendor.provider.send(channel, answer());
  await standIn.settled();
  expect(eventsOf("status")[0]).toMatchObject({
    status: "failed",
    trackingId: answer().id,
    error: { text: expect.stringContaining("5.1.1") as string },
  });
  standIn.setBehaviour({ failDelivery: "complaint" });
  await vendor.provider.send(channel, answer());
  await standIn.settled();
  expect(eventsOf("consent")[0]).toMatchObject({
    scope: "all",
    granted: false,
    person: { identities: [{ value: camille.address }] },
  });
  standIn.setBehaviour({ failDelivery: null, autoRead: true });
  await vendor.provider.send(channel, answer());
  await standIn.settled();
  expect(eventsOf("status").map(({ status }) => status)).toContain("read");
  expect(received.every(({ verified }) => verified)).toBe(true);
  expect(received.flatMap(({ part }) => (part.routingKeys.length === 0 ? [part.type] : []))).toEqual([]);
});

test.each(byVendor)("%s refuses, and what it says decides what follows", async (_, vendor) => {
  const { standIn, channel } = await start(vendor);
  for (const [code, meaning] of Object.entries(vendor.refusals)) {
    standIn.setBehaviour({ failSends: code });
    expect([code, await vendor.provider.send(channel, answer())]).toMatchObject([
      code,
      { outcome: "refused", class: meaning },
    ]);
  }
  standIn.setBehaviour({ failSends: "lost" });
  expect(await vendor.provider.send(channel, answer())).toMatchObject({ outcome: "unknown" });
  const away = { ...channel, apiBaseUrl: await closedAddress() };
  expect(await vendor.provider.send(away, answer())).toMatchObject({ outcome: "refused", class: "retry" });
});

test.each(byVendor)(
  "a key that %s does not take refuses the channel, in the test and when sending",
  async (_, vendor) => {
    const { channel, webhookUrl } = await start(vendor);
    expect(await vendor.provider.check(channel, { webhookUrl })).not.toContainEqual(
      expect.objectContaining({ result: "fail" }),
    );
    const foreign = { ...channel, credentials: { ...channel.credentials, [vendor.key]: "revoked-0123456789abcdef" } };
    expect(await vendor.provider.send(foreign, answer())).toMatchObject({ outcome: "refused", class: "channel" });
    const lines = await vendor.provider.check(foreign, { webhookUrl });
    expect(lines).toContainEqual(
      expect.objectContaining({ check: "credential", result: "fail", reason: "token_rejected" }),
    );
    expect(JSON.stringify(lines)).not.toContain("revoked-0123");
    const away = await vendor.provider.check({ ...channel, apiBaseUrl: await closedAddress() }, { webhookUrl });
    expect(away).toMatchObject([{ check: "credential", result: "unknown", reason: "provider_unreachable" }]);
  },
);

test.each(byVendor)("what is changed in %s's console is found by the test", async (_, vendor) => {
  const { standIn, account, channel, webhookUrl, posts } = await start(vendor);
  const failed = async () =>
    (await vendor.provider.check(channel, { webhookUrl }))
      .filter(({ result }) => result === "fail")
      .map(({ reason }) => reason);
  expect(await failed()).toEqual([]);
  standIn.faults?.set(account.id, "token_revoked", true);
  expect(await failed()).toEqual(["token_rejected"]);
  expect(await vendor.provider.send(channel, answer())).toMatchObject({ outcome: "refused", class: "channel" });
  standIn.faults?.set(account.id, "token_revoked", false);

  standIn.faults?.set(account.id, "secret_renewed", true);
  // SNS shows nobody who is subscribed to what.
  const differs = {
    sendgrid: "signing_key_differs",
    mailgun: "signing_key_differs",
    postmark: "webhook_password_differs",
  };
  const told = Object.entries(differs).flatMap(([name, reason]) => (name === vendor.provider.name ? [reason] : []));
  expect(await failed()).toEqual(told);
  await vendor.provider.send(channel, answer());
  await standIn.settled();
  const post = posts.at(-1);
  if (!post) throw new Error("nothing was posted");
  expect(vendor.provider.verify(post, channel.credentials[vendor.secret] ?? "").ok).toBe(false);
  standIn.faults?.set(account.id, "secret_renewed", false);

  standIn.faults?.set(account.id, "address_changed", true);
  expect(await failed()).toEqual(
    {
      sendgrid: ["webhook_differs", "events_webhook_missing"],
      mailgun: ["webhook_differs"],
      postmark: ["webhook_differs"],
    }[vendor.provider.name as string] ?? [],
  );
});
