import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createTenant } from "#db/factories.ts";
import { attachments, storageRemovals } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { currentStorage } from "#server/storage/index.ts";
import { keepMediaRefs } from "./keep-media-refs.ts";
import { emptyRemovalsJob, sweepAttachmentsJob } from "./jobs.ts";
import { retryDelaysMs } from "./limits.ts";
import { retryFetching } from "./retry-fetching.ts";
import { openFiles, openPhone, pdf, png } from "./testing.ts";

await testDatabase();
const files = openFiles();
const phone = await openPhone();
const { tenant, member, send, fetch, filesOf } = phone;
const later = (ms: number) => fixedClock(new Date(Date.now() + ms));
const runAt = (ms: number) => ({ clock: later(ms), signal: new AbortController().signal });

const jobsFor = async (id: string) =>
  (
    await withTenant(tenant, (tx) =>
      tx.execute(sql`select from pgboss.job where name = 'attachments.fetch' and data->>'attachmentId' = ${id}`),
    )
  ).length;

describe("a picture that a customer sends", () => {
  test("waits with its message and one job, then is examined and stored", async () => {
    const { file, messageId } = await send({ mimeType: "image/png", bytes: png(640, 480) });
    expect(file).toMatchObject({
      status: "waiting",
      kind: "image",
      declaredType: "image/png",
      channelId: phone.channel.channelId,
    });
    expect(await jobsFor(file.id)).toBe(1);
    await fetch(file.id);
    const [stored] = await filesOf(messageId);
    expect(stored).toMatchObject({
      status: "stored",
      mimeType: "image/png",
      bytes: 64,
      width: 640,
      height: 480,
      attempts: 1,
    });
    expect(stored?.storageKey).toMatch(new RegExp(`^${tenant.tenantId}/\\d{4}-\\d\\d/${file.id}$`));
    const kept = await currentStorage().get(stored!.storageKey!);
    expect(new Uint8Array(await new Response(kept as BodyInit).arrayBuffer())).toEqual(png(640, 480));
    await fetch(file.id);
    expect((await filesOf(messageId))[0]).toEqual(stored);
  });

  test("is refused when it is something else, and nothing of it is kept", async () => {
    const before = files.names().length;
    const { file, messageId } = await send({ mimeType: "image/jpeg", bytes: pdf() });
    await fetch(file.id);
    expect((await filesOf(messageId))[0]).toMatchObject({
      status: "refused",
      reason: "type_mismatch",
      storageKey: null,
    });
    expect(files.names()).toHaveLength(before);
    await expect(retryFetching(member.ctx, { attachmentId: file.id })).rejects.toMatchObject({ reason: "not_failed" });
  });

  test("is refused when it is too large, before it is read", async () => {
    const { file, messageId } = await send({ mimeType: "image/png", bytes: new Uint8Array(26 * 1024 * 1024) });
    await fetch(file.id);
    expect((await filesOf(messageId))[0]).toMatchObject({ status: "refused", reason: "too_large" });
  });

  test("costs two statements for any number of messages, and none for messages without one", async () => {
    const ctx = contextFor(tenant.tenantId, { type: "system" });
    const { messageId, file } = await send({ mimeType: "image/png", bytes: png() });
    const media = [file.source as never];
    const many = Array.from({ length: 20 }, () => ({ messageId, channelId: phone.channel.channelId, media }));
    const count = async (named: typeof many) => (await statementsOf(() => keepMediaRefs(ctx, named))).length;
    await count(many.slice(0, 1));
    expect(await count(many)).toBe(await count(many.slice(0, 1)));
    expect(await count([])).toBe(0);
    expect(await count(many.map((one) => ({ ...one, media: [] })))).toBe(0);
  });
});

describe("what cannot be fetched", () => {
  test("the provider has it no longer: expired, and asked for again by a member only", async () => {
    const { file, messageId } = await send({ mimeType: "image/png", bytes: png() });
    await withTenant(tenant, (tx) =>
      tx
        .update(attachments)
        .set({ source: { ...file.source, mediaId: "10650000000" } })
        .where(sql`id = ${file.id}`),
    );
    await fetch(file.id);
    expect((await filesOf(messageId))[0]).toMatchObject({ status: "expired", reason: "expired" });
    await fetch(file.id, later(86_400_000));
    expect((await filesOf(messageId))[0]).toMatchObject({ attempts: 1 });

    await withTenant(tenant, (tx) =>
      tx
        .update(attachments)
        .set({ source: file.source })
        .where(sql`id = ${file.id}`),
    );
    await retryFetching(member.ctx, { attachmentId: file.id });
    await fetch(file.id);
    expect((await filesOf(messageId))[0]).toMatchObject({ status: "stored", reason: null });
  });

  test("the provider cannot be reached: later and later again, then failed, then asked for by a member", async () => {
    const { file, messageId } = await send({ mimeType: "image/png", bytes: png() });
    const source = { ...file.source, sha256: "ab".repeat(32) };
    await withTenant(tenant, (tx) =>
      tx
        .update(attachments)
        .set({ source })
        .where(sql`id = ${file.id}`),
    );
    const clock = fixedClock(new Date());
    for (const delay of retryDelaysMs) {
      await fetch(file.id, clock);
      expect((await filesOf(messageId))[0]).toMatchObject({ status: "waiting" });
      clock.advance(delay - 1);
      await fetch(file.id, clock);
      clock.advance(1);
    }
    expect((await filesOf(messageId))[0]).toMatchObject({ attempts: retryDelaysMs.length });
    await fetch(file.id, clock);
    expect((await filesOf(messageId))[0]).toMatchObject({ status: "failed", reason: "damaged" });

    await withTenant(tenant, (tx) =>
      tx
        .update(attachments)
        .set({ source: file.source })
        .where(sql`id = ${file.id}`),
    );
    const stranger = contextFor((await createTenant()).tenantId, member.ctx.actor);
    await expect(retryFetching(stranger, { attachmentId: file.id })).rejects.toMatchObject({ code: "not_found" });
    await retryFetching(member.ctx, { attachmentId: file.id });
    await fetch(file.id, clock);
    expect((await filesOf(messageId))[0]).toMatchObject({ status: "stored", reason: null });
    await expect(retryFetching(member.ctx, { attachmentId: file.id })).rejects.toMatchObject({ reason: "not_failed" });
  });

  test("what the provider itself could not deliver is refused at once, without a job", async () => {
    const { messageId } = await send({ mimeType: "image/png", bytes: png() });
    const named = {
      kind: "image",
      mediaId: null,
      url: null,
      mimeType: null,
      fileName: null,
      bytes: null,
      sha256: null,
    } as const;
    const media = [{ ...named, error: "131052 · Media download error" }];
    await keepMediaRefs(member.ctx, [{ messageId, channelId: phone.channel.channelId, media }]);
    const refused = (await filesOf(messageId)).find((file) => file.status === "refused");
    expect(refused).toMatchObject({ reason: "provider_refused" });
    expect(await jobsFor(refused!.id)).toBe(0);
  });

  test("a file whose job was lost gets another", async () => {
    const { file } = await send({ mimeType: "image/png", bytes: png() });
    await sweepAttachmentsJob.run(runAt(30_000));
    expect(await jobsFor(file.id)).toBe(1);
    await sweepAttachmentsJob.run(runAt(120_000));
    expect(await jobsFor(file.id)).toBe(2);
  });
});

describe("erasing", () => {
  test("a customer's files go with the customer, from storage too", async () => {
    const { file, messageId } = await send({ mimeType: "image/png", bytes: png() });
    await fetch(file.id);
    expect(files.names()).toContain(file.id);
    await withTenant(tenant, (tx) => tx.execute(sql`delete from messages where id = ${messageId}`));
    const owed = await withTenant(tenant, (tx) => tx.select().from(storageRemovals));
    expect(owed.map((row) => row.id)).toEqual([file.id]);
    await emptyRemovalsJob.run(runAt(1000));
    expect(files.names()).not.toContain(file.id);
    expect(await withTenant(tenant, (tx) => tx.select().from(storageRemovals))).toEqual([]);
  });

  test("a file that another message still shows stays until that one goes", async () => {
    const first = await send({ mimeType: "image/png", bytes: png() });
    await fetch(first.file.id);
    const second = await send({ mimeType: "image/png", bytes: png() });
    const [stored] = await filesOf(first.messageId);
    await withTenant(tenant, (tx) =>
      tx.insert(attachments).values({ ...stored!, id: newId(), messageId: second.messageId }),
    );
    await withTenant(tenant, (tx) => tx.execute(sql`delete from messages where id = ${first.messageId}`));
    await emptyRemovalsJob.run(runAt(1000));
    expect(files.names()).toContain(first.file.id);
    await withTenant(tenant, (tx) => tx.execute(sql`delete from conversations where id = ${second.conversationId}`));
    await emptyRemovalsJob.run(runAt(1000));
    expect(files.names()).not.toContain(first.file.id);
  });
});
