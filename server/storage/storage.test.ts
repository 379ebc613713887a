import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { newId } from "#server/core/ids.ts";
import { openStorage } from "./index.ts";
import { localFolder } from "./local-folder.ts";
import { s3Bucket } from "./s3-bucket.ts";
import { checkedKey, storageKey, type Storage } from "./storage.ts";
import { openTestBucket } from "./testing.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-files-"));
const bucket = await openTestBucket();
afterAll(() => {
  rmSync(folder, { recursive: true });
  bucket.close();
});

const storages: [string, Storage][] = [
  ["a folder", localFolder(join(folder, "files"))],
  ["a bucket", s3Bucket(bucket.settings)],
];

const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
const key = () => storageKey(newId(), newId(), new Date("2026-11-21T10:00:00Z"));
const read = async (stream: ReadableStream<Uint8Array> | null) =>
  stream && new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());

describe.each(storages)("%s", (_, storage) => {
  test("gives back what was put, whole or in part", async () => {
    const at = key();
    await storage.put(at, bytes, { mimeType: "image/png" });
    expect(await read(await storage.get(at))).toEqual(bytes);
    expect(await read(await storage.get(at, { from: 0, to: 0 }))).toEqual(bytes.slice(0, 1));
    expect(await read(await storage.get(at, { from: 99_990, to: 99_999 }))).toEqual(bytes.slice(99_990));
    expect(await storage.stat(at)).toEqual({ bytes: bytes.length });
    expect(await storage.has(at)).toBe(true);
  });

  test("takes a stream of known length", async () => {
    const at = key();
    await storage.put(at, new Blob([bytes]).stream(), { bytes: bytes.length });
    expect(await read(await storage.get(at))).toEqual(bytes);
  });

  test("keeps nothing of a stream that ends early or breaks", async () => {
    const at = key();
    const short = new Blob([bytes.slice(0, 10)]).stream();
    await expect(storage.put(at, short, { bytes: 20 })).rejects.toMatchObject({ reason: "storage_away" });
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes.slice(0, 10));
        controller.error(new Error("cut"));
      },
    });
    await expect(storage.put(at, broken, { bytes: 20 })).rejects.toMatchObject({ reason: "storage_away" });
    expect(await storage.has(at)).toBe(false);
  });

  test("replaces a key, and forgets it when told, twice over", async () => {
    const at = key();
    await storage.put(at, bytes);
    await storage.put(at, bytes.slice(0, 5));
    expect(await storage.stat(at)).toEqual({ bytes: 5 });
    await storage.remove(at);
    await storage.remove(at);
    expect(await storage.get(at)).toBeNull();
    expect(await storage.stat(at)).toBeNull();
    expect(await storage.has(at)).toBe(false);
  });

  test("takes no key that could name something else", async () => {
    for (const bad of [
      "../passwords/a",
      "a/../b",
      "/etc/passwd",
      "a//b",
      "a",
      "a/b\0",
      "A/b",
      "a/b?c",
      "a/%2e%2e",
      "",
    ]) {
      await expect(storage.put(bad, bytes), bad).rejects.toThrow("not a storage key");
      await expect(storage.get(bad), bad).rejects.toThrow("not a storage key");
      await expect(storage.remove(bad), bad).rejects.toThrow("not a storage key");
    }
  });
});

test("a folder is its user's alone, and leaves no unfinished file", async () => {
  const files = join(folder, "files");
  expect(statSync(files).mode & 0o777).toBe(0o700);
  expect(readdirSync(files).filter((name) => name.startsWith("."))).toEqual([]);
});

test("a bucket that refuses our key is away, for now; so is one that is gone", async () => {
  const stranger = s3Bucket({ ...bucket.settings, secretAccessKey: "another" });
  await expect(stranger.put(key(), bytes)).rejects.toMatchObject({ code: "unavailable", reason: "storage_away" });
  await expect(stranger.get(key())).rejects.toMatchObject({ reason: "storage_away" });
  await expect(stranger.has(key())).rejects.toMatchObject({ reason: "storage_away" });
  const gone = s3Bucket({ ...bucket.settings, url: "http://127.0.0.1:9/files" });
  await expect(gone.put(key(), bytes)).rejects.toMatchObject({ reason: "storage_away" });
  const nowhere = s3Bucket({ ...bucket.settings, url: bucket.settings.url.replace("/files", "/others") });
  await expect(nowhere.put(key(), bytes)).rejects.toMatchObject({ reason: "storage_away" });
});

test("configuration chooses: a bucket where one is named, else the folder beside the data", async () => {
  const at = checkedKey("tenant/2026-11/one");
  await openStorage(testConfig({ storage: bucket.settings })).put(at, bytes);
  expect(bucket.keys()).toContain(at);
  await openStorage(testConfig({ dataFolder: join(folder, "data") })).put(at, bytes);
  expect(statSync(join(folder, "data/files", at)).size).toBe(bytes.length);
});
