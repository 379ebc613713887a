import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn, signedInAs, TestBrowser } from "#server/auth/testing.ts";
import { configFrom, readSettings } from "#server/core/config.ts";
import { mediaAddress } from "#server/domains/attachments/media-address.ts";
import { pdf, png } from "#server/domains/attachments/testing.ts";
import { start } from "#server/main.ts";

const database = await testDatabase();
const dataFolder = mkdtempSync(join(tmpdir(), "guichet-http-"));
const settings = readSettings({
  DATABASE_URL: database.appUrl,
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  PORT: "0",
  HOST: "127.0.0.1",
  ROLE: "web",
  GUICHET_DATA: dataFolder,
});
const pages = { build: () => Promise.reject(new Error("no pages in this test")), development: false };
const running = await start({ config: configFrom(settings), pages, clientFolder: "/nowhere" });
afterAll(async () => {
  await running.stop();
  rmSync(dataFolder, { recursive: true });
});
openSignIn(database);

const [shop, other] = [await createTenant(), await createTenant()];
const member = await signedInAs(await createMember(shop, "agent"));
const colleague = await signedInAs(await createMember(shop, "admin"));
const stranger = await signedInAs(await createMember(other, "owner"));

const ask = (browser: TestBrowser, path: string, init: RequestInit = {}) =>
  fetch(path.startsWith("http") ? path : `${running.url}/t/${path}`, {
    ...init,
    redirect: "manual",
    headers: { ...(browser.cookie ? { cookie: browser.cookie } : {}), origin: running.url, ...init.headers },
  });
const upload = async (bytes: Uint8Array, type: string, name: string, browser = member) =>
  ask(browser, `${shop.slug}/files?${new URLSearchParams({ name })}`, {
    method: "POST",
    headers: { "content-type": type },
    body: bytes as BodyInit,
  });
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const { id } = (await (await upload(png(40, 30), "image/png", "lampe d’été.png")).json()) as { id: string };
const file = `${shop.slug}/files/${id}`;

describe("a file", () => {
  test("is shown to members of its business, in a sandbox and under its own type", async () => {
    const answer = await ask(colleague, file);
    expect(answer.status).toBe(200);
    expect(await bytesOf(answer)).toEqual(png(40, 30));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": expect.stringMatching(/^inline; filename="lampe dete.png"; filename\*=UTF-8''lampe/),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": expect.stringContaining("private"),
    });
    const again = await ask(colleague, file, { headers: { "if-none-match": answer.headers.get("etag")! } });
    expect(again.status).toBe(304);
  });

  test("is nothing to anybody else, whichever business they ask in", async () => {
    expect((await ask(new TestBrowser(), file)).status).toBe(401);
    expect((await ask(stranger, file)).status).toBe(404);
    expect((await ask(stranger, `${other.slug}/files/${id}`)).status).toBe(404);
    expect((await ask(member, `${shop.slug}/files/not-an-id`)).status).toBe(404);
    expect((await ask(stranger, file, { method: "DELETE" })).status).toBe(404);
    expect((await ask(stranger, `${shop.slug}/files`, { method: "POST", body: "x" })).status).toBe(404);
  });

  test("is sent in parts, as players of sound and film ask for it", async () => {
    const part = await ask(member, file, { headers: { range: "bytes=8-15" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 8-15/64"]);
    expect(await bytesOf(part)).toEqual(png(40, 30).slice(8, 16));
    const beyond = await ask(member, file, { headers: { range: "bytes=64-" } });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */64"]);
  });

  test("that could carry a script is downloaded, never shown", async () => {
    const page = new TextEncoder().encode("<!doctype html><script>alert(1)</script>");
    const kept = (await (await upload(page, "text/html", "page.html")).json()) as { id: string };
    const answer = await ask(member, `${shop.slug}/files/${kept.id}`);
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
  });

  test("is fetched by a provider under a signed address, for an hour, and no other file with it", async () => {
    const address = mediaAddress(shop.tenantId, id, new Date());
    expect(await bytesOf(await ask(new TestBrowser(), address))).toEqual(png(40, 30));
    const old = mediaAddress(shop.tenantId, id, new Date(Date.now() - 3_700_000));
    const another = (await (await upload(pdf(), "application/pdf", "devis.pdf")).json()) as { id: string };
    for (const bad of [old, address.replace(id, another.id), address.replace(shop.tenantId, other.tenantId)])
      expect((await ask(new TestBrowser(), bad)).status).toBe(404);
  });
});

describe("an upload", () => {
  test("is refused with a reason that the interface words", async () => {
    const reasonOf = async (answer: Response) => [answer.status, ((await answer.json()) as Refusal).error.reason];
    expect(await reasonOf(await upload(pdf(), "image/png", "x.png"))).toEqual([400, "file_type_mismatch"]);
    expect(await reasonOf(await upload(new Uint8Array(26 * 1024 * 1024), "image/png", "x.png"))).toEqual([
      400,
      "file_type_mismatch",
    ]);
    const large = new Uint8Array(26 * 1024 * 1024);
    large.set(png());
    expect(await reasonOf(await upload(large, "image/png", "x.png"))).toEqual([413, "file_too_large"]);
  });

  test("needs a session, our own page, and an announced length", async () => {
    expect((await upload(png(), "image/png", "x.png", new TestBrowser())).status).toBe(401);
    const elsewhere = { method: "POST", headers: { origin: "https://elsewhere.example" }, body: "x" };
    expect((await ask(member, `${shop.slug}/files`, elsewhere)).status).toBe(403);
    const chunked = { method: "POST", body: new Blob(["x"]).stream(), duplex: "half" } as RequestInit;
    expect((await ask(member, `${shop.slug}/files`, chunked)).status).toBe(411);
  });

  test("is taken back by whoever made it", async () => {
    const { id: mine } = (await (await upload(png(), "image/png", "x.png")).json()) as { id: string };
    const at = `${shop.slug}/files/${mine}`;
    expect((await ask(colleague, at, { method: "DELETE" })).status).toBe(404);
    expect((await ask(member, at, { method: "DELETE" })).status).toBe(204);
    expect((await ask(member, at)).status).toBe(404);
  });
});

interface Refusal {
  error: { code: string; reason: string };
}
