import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { writeWhole } from "./write-whole.ts";

const folder = mkdtempSync(join(tmpdir(), "guichet-whole-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("who reads the folder meanwhile finds the file whole, or not at all", async () => {
  const bytes = new Uint8Array(16_000_000);
  let done = false;
  const writing = writeWhole(join(folder, "a.eml"), bytes).then(() => (done = true));
  let grows = 0;
  while (!done) {
    for (const name of readdirSync(folder)) {
      if (name === "a.eml") expect(statSync(join(folder, name)).size).toBe(bytes.length);
      else grows++;
    }
    await nextTurn();
  }
  await writing;
  expect(grows).toBeGreaterThan(0);
  expect(readdirSync(folder)).toEqual(["a.eml"]);
});

test("a stream that is cut leaves nothing", async () => {
  const cut = new Blob(["ab"]).stream();
  await expect(writeWhole(join(folder, "b"), cut, { bytes: 3 })).rejects.toThrow("the stream was cut");
  expect(readdirSync(folder)).toEqual(["a.eml"]);
});
