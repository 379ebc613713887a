import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { providerNames } from "#server/providers/contract.ts";
import { hasFailed, printReport, runConformance } from "./conformance.ts";

const samples = join(import.meta.dirname, "../server/providers");
const recorded = join(import.meta.dirname, "../../shared/corpus");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "conformance-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test("recorded traffic of the vendors parses, where it is at hand", async () => {
  if (!existsSync(recorded)) {
    console.log(`no recorded traffic at ${recorded}: only the project's own samples were read`);
    return;
  }
  const reports = await runConformance(recorded);
  console.log(reports.flatMap(printReport).join("\n"));
  expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
  expect(reports.filter(hasFailed)).toEqual([]);
  const covered = reports.filter(({ skipped }) => skipped === null).map(({ provider }) => provider);
  expect(covered).toEqual([...providerNames].toSorted());
  expect(reports.find(({ provider }) => provider === "whatsapp")?.events.size).toBeGreaterThan(6);
  expect(reports.find(({ provider }) => provider === "twilio")?.vectors).toBeGreaterThan(0);
});

test("the project's own samples conform", async () => {
  for (const provider of ["whatsapp", "twilio"]) {
    cpSync(join(samples, provider, "samples"), join(folder, provider), { recursive: true });
  }
  const reports = await runConformance(folder);
  expect(reports.flatMap(({ failures }) => failures)).toEqual([]);
  expect(reports.map(({ provider, files }) => `${provider} ${files > 20}`)).toEqual(["twilio true", "whatsapp true"]);
});

test("a folder without a parser is skipped, and so are API answers", async () => {
  write("carrier_pigeon/post.json", "{}");
  write("whatsapp_api/answer.json", "{}");
  const reports = await runConformance(folder);
  expect(reports.flatMap(printReport)).toEqual([
    "carrier_pigeon: skipped (no parser yet)",
    "whatsapp_api: skipped (answers and requests of the API, not webhooks)",
  ]);
  expect(reports.some(hasFailed)).toBe(false);
});

test("a file that does not parse fails its provider, with the reason", async () => {
  write("whatsapp/good.json", '{"entry":[{"id":"1","changes":[{"field":"new_field","value":{}}]}]}');
  write("whatsapp/bad.json", "{");
  write("whatsapp/empty.json", '{"entry":[]}');
  const [report] = await runConformance(folder);
  expect(report && hasFailed(report)).toBe(true);
  expect(report?.failures).toEqual([
    { file: "bad.json", reason: "malformed: not JSON" },
    { file: "empty.json", reason: "Error: no event" },
  ]);
  expect(report && printReport(report)).toContain("whatsapp: 1 of 3 files parsed");
  expect([...(report?.unknowns.keys() ?? [])]).toEqual(["field=new_field"]);
});

test("a signature vector that does not verify fails its provider", async () => {
  const vector = {
    auth_token: "12345",
    header: "X-Twilio-Signature",
    params: { From: "+33639981234" },
    cases: [{ url: "https://guichet.example/myapp", signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }],
  };
  write("twilio/signature_vectors.json", JSON.stringify(vector));
  const [report] = await runConformance(folder);
  expect(report?.failures).toEqual([{ file: "signature_vectors.json", reason: "vector 1 does not verify" }]);
});
