import { describe, expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { attachments } from "#db/schema/attachments.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { fileRulesOf } from "#server/core/file-rules.ts";
import { discardUpload } from "./discard-upload.ts";
import { findFile } from "./find-file.ts";
import { emptyRemovalsJob, removeUnusedUploadsJob } from "./jobs.ts";
import { unusedUploadMs } from "./limits.ts";
import { linkUploads } from "./link-uploads.ts";
import { openFiles, openPhone, pdf, png } from "./testing.ts";
import { uploadFile } from "./upload-file.ts";

await testDatabase();
const files = openFiles();
const phone = await openPhone();
const { tenant, member, channel } = phone;
const rules = fileRulesOf("whatsapp", "whatsapp");

const upload = (ctx: Ctx, bytes: Uint8Array, declaredType: string | null, fileName = "file") =>
  uploadFile(ctx, { body: new Blob([bytes as BlobPart]).stream(), bytes: bytes.length, fileName, declaredType });
const rowsOf = () => withTenant(tenant, (tx) => tx.select().from(attachments));
const at = (ms: number) => ({ clock: fixedClock(new Date(Date.now() + ms)), signal: new AbortController().signal });

describe("an upload", () => {
  test("is stored, examined, and its member's until a message takes it", async () => {
    const kept = await upload(member.ctx, png(30, 20), "image/png", "C:\\photos\\lampe.png");
    expect(kept).toMatchObject({ status: "stored", fileName: "lampe.png", width: 30, height: 20, shownAs: "image" });
    expect(await findFile(member.ctx, { attachmentId: kept.id })).toMatchObject({ bytes: 64, isShown: true });

    const { messageId } = await phone.send({ mimeType: "image/png", bytes: png() });
    const link = { messageId, channelId: channel.channelId, attachmentIds: [kept.id], rules };
    const colleague = await createMember(tenant);
    await expect(linkUploads(colleague.ctx, link)).rejects.toMatchObject({ fields: { files: "file_gone" } });
    await linkUploads(member.ctx, link);
    await expect(linkUploads(member.ctx, link)).rejects.toMatchObject({ fields: { files: "file_gone" } });
    await expect(discardUpload(member.ctx, { attachmentId: kept.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test.each([
    ["a program", new Uint8Array([0x4d, 0x5a, ...new Uint8Array(200)]), "image/png", { file: "file_executable" }],
    ["a picture that is none", pdf(), "image/png", { file: "file_type_mismatch" }],
    ["nothing", new Uint8Array(), "image/png", { file: "file_empty" }],
  ])("that is %s is refused, and nothing of it is kept", async (_, bytes, declared, fields) => {
    const [rows, names] = [await rowsOf(), files.names()];
    await expect(upload(member.ctx, bytes, declared)).rejects.toMatchObject({ code: "invalid", fields });
    expect(await rowsOf()).toHaveLength(rows.length);
    await emptyRemovalsJob.run(at(1000));
    expect(files.names()).toHaveLength(names.length);
  });

  test("that is announced too large is refused before it is read", async () => {
    const body = new ReadableStream<Uint8Array>(
      {
        pull: () => {
          throw new Error("it was read");
        },
      },
      { highWaterMark: 0 },
    );
    const huge = { body, bytes: 200 * 1024 * 1024, fileName: null, declaredType: null };
    await expect(uploadFile(member.ctx, huge)).rejects.toMatchObject({ code: "too_large", reason: "file_too_large" });
  });

  test("that breaks off leaves nothing", async () => {
    const [rows, names] = [await rowsOf(), files.names()];
    const short = { body: new Blob(["abc"]).stream(), bytes: 10, fileName: null, declaredType: "text/plain" };
    await expect(uploadFile(member.ctx, short)).rejects.toMatchObject({ reason: "storage_away" });
    expect(await rowsOf()).toHaveLength(rows.length);
    await emptyRemovalsJob.run(at(1000));
    expect(files.names()).toHaveLength(names.length);
  });

  test("that nobody sends is removed after a day, its bytes too; one that was sent stays", async () => {
    const unused = await upload(member.ctx, png(), "image/png");
    const sent = await upload(member.ctx, png(), "image/png");
    const { messageId } = await phone.send({ mimeType: "image/png", bytes: png() });
    await linkUploads(member.ctx, { messageId, channelId: channel.channelId, attachmentIds: [sent.id], rules });
    await removeUnusedUploadsJob.run(at(unusedUploadMs - 60_000));
    expect(files.names()).toContain(unused.id);
    await removeUnusedUploadsJob.run(at(unusedUploadMs + 60_000));
    await emptyRemovalsJob.run(at(unusedUploadMs + 61_000));
    expect(files.names()).not.toContain(unused.id);
    expect(files.names()).toContain(sent.id);
    await expect(findFile(member.ctx, { attachmentId: unused.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is taken back by whoever attached it, in their own business", async () => {
    const kept = await upload(member.ctx, png(), "image/png");
    const stranger = await createMember(await createTenant());
    for (const ctx of [stranger.ctx, (await createMember(tenant)).ctx]) {
      await expect(discardUpload(ctx, { attachmentId: kept.id })).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(discardUpload(member.ctx, { attachmentId: newId() })).rejects.toMatchObject({ code: "not_found" });
    await discardUpload(member.ctx, { attachmentId: kept.id });
    await emptyRemovalsJob.run(at(1000));
    expect(files.names()).not.toContain(kept.id);
  });
});
