import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { MalformedPost, type Provider, type RawPost } from "#server/providers/contract.ts";
import { allProviders, providerNamed } from "#server/providers/registry.ts";
import { faultOf } from "./conformance-faults.ts";
import { foldFault, isReplyBody } from "./conformance-mails.ts";
import { checkVectors } from "./conformance-vectors.ts";

/** What became of one provider's folder of recorded traffic. */
export interface FolderReport {
  provider: string;
  skipped: string | null;
  files: number;
  parsed: number;
  events: Map<string, number>;
  ignored: Map<string, number>;
  unknowns: Map<string, number>;
  vectors: number;
  /** Files that are no webhooks, by why not: counted apart from what must parse. */
  answers: Map<string, number>;
  failures: { file: string; reason: string }[];
}

/** Feeds every file of every folder below `directory` through split and parse. */
export async function runConformance(directory: string): Promise<FolderReport[]> {
  const folders = readdirSync(directory)
    .filter((name) => statSync(join(directory, name)).isDirectory())
    .toSorted();
  const reports: FolderReport[] = [];
  for (const name of folders) {
    const provider = providerNamed(name);
    reports.push(provider ? await runFolder(provider, join(directory, name)) : skippedFolder(name));
  }
  return reports;
}

function skippedFolder(name: string): FolderReport {
  const reason = name.endsWith("_api") ? "answers and requests of the API, not webhooks" : "no parser yet";
  return { ...emptyReport(name), skipped: reason };
}

async function runFolder(provider: Provider, folder: string): Promise<FolderReport> {
  const report = emptyReport(provider.name);
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted()) {
    const path = join(folder, file);
    if (!statSync(path).isFile()) continue;
    const answer = answerTo(file);
    if (answer) {
      count(report.answers, answer);
      continue;
    }
    report.files += 1;
    try {
      if (isReplyBody(file)) checkFolding(report, file, readFileSync(path, "utf8"));
      else if (/signature_vectors?.*\.json$/.test(file)) runVectors(report, provider, file, path);
      else await runFile(report, provider, file, readFileSync(path));
    } catch (error) {
      const reason = error instanceof MalformedPost ? `malformed: ${error.message}` : String(error);
      report.failures.push({ file, reason });
    }
  }
  return report;
}

/** A text that a mail program wrote, without its mail: read as the thread reads it. */
function checkFolding(report: FolderReport, file: string, text: string): void {
  count(report.events, "reply folded");
  const reason = foldFault(file, text);
  if (reason) report.failures.push({ file, reason });
  else report.parsed += 1;
}

/** Vapi's documentation shows what *we* answer beside what it sends: `docs_response_<field>_1.json`. */
function answerTo(file: string): string | null {
  if (file.startsWith("awslambda_")) return "an event of AWS Lambda, which SNS does not post";
  // SendGrid's example is written for readers: no JSON.
  if (file === "event_webhook_example.txt") return "an example in another notation";
  const [, field] = /(?:^|\/)docs_response_(.+?)_\d+\.json$/.exec(file) ?? [];
  return field === undefined ? null : `our answer with « ${field} »`;
}

function runVectors(report: FolderReport, provider: Provider, file: string, path: string): void {
  const { verified, faults } = checkVectors(provider, withBody(path));
  report.vectors += verified;
  report.failures.push(...faults.map((reason) => ({ file, reason })));
  if (faults.length === 0) report.parsed += 1;
}

/** Some vectors keep what was signed in a file beside them. */
function withBody(path: string): string {
  const text = readFileSync(path, "utf8");
  const name = /"body_file":\s*"([\w.-]+)"/.exec(text)?.[1];
  return name ? JSON.stringify({ ...JSON.parse(text), body: readFileSync(join(path, "..", name), "utf8") }) : text;
}

async function runFile(report: FolderReport, provider: Provider, file: string, body: Uint8Array): Promise<void> {
  const parts = await provider.split(recordedPost(file, body));
  if (parts.length === 0) throw new Error("no event");
  const faults: string[] = [];
  for (const part of parts) {
    const { event, unknowns } = provider.parse(part.payload, new Date(0));
    count(report.events, event.kind);
    if (event.kind === "ignored") count(report.ignored, event.why);
    for (const unknown of unknowns) count(report.unknowns, unknown);
    const fault = faultOf(part, event, unknowns);
    if (fault) faults.push(`${part.type}: ${fault}`);
  }
  report.failures.push(...faults.map((reason) => ({ file, reason })));
  if (faults.length === 0) report.parsed += 1;
}

/** A recorded file as a post: a mail or JSON by its name, a form of several parts by its beginning, else a plain form. */
function recordedPost(file: string, body: Uint8Array): RawPost {
  const url = "https://guichet.example/webhooks/recorded";
  if (file.endsWith(".eml")) {
    return {
      url,
      headers: { "content-type": "message/rfc822", "x-guichet-mailbox": "boutique@guichet.example" },
      body,
    };
  }
  const boundary = /^--([^\s-][^\r\n]{0,69})\r?\n/.exec(new TextDecoder().decode(body.subarray(0, 200)))?.[1];
  if (boundary) return { url, headers: { "content-type": `multipart/form-data; boundary=${boundary}` }, body };
  const type = file.endsWith(".json") ? "application/json" : "application/x-www-form-urlencoded";
  const text = new TextDecoder().decode(body).trim();
  return {
    url,
    headers: { "content-type": type },
    body: new TextEncoder().encode(text),
  };
}

function emptyReport(provider: string): FolderReport {
  return {
    provider,
    skipped: null,
    files: 0,
    parsed: 0,
    events: new Map(),
    ignored: new Map(),
    unknowns: new Map(),
    vectors: 0,
    answers: new Map(),
    failures: [],
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Whether the folder fails: something went wrong, or an implemented provider left a file unparsed. */
export function hasFailed(report: FolderReport): boolean {
  return report.skipped === null && (report.failures.length > 0 || report.parsed < report.files);
}

/** The report as lines a person reads. */
export function printReport(report: FolderReport): string[] {
  if (report.skipped !== null) return [`${report.provider}: skipped (${report.skipped})`];
  const list = (counts: Map<string, number>) =>
    [...counts]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, times]) => `${key} ${times}`)
      .join(", ");
  return [
    `${report.provider}: ${report.parsed} of ${report.files} files parsed`,
    `  events: ${list(report.events) || "none"}`,
    ...(report.ignored.size > 0 ? [`  ignored: ${list(report.ignored)}`] : []),
    ...(report.vectors > 0
      ? [`  signature vectors: ${report.vectors} verified, each refused with one bit flipped`]
      : []),
    ...(report.answers.size > 0 ? [`  skipped, no webhooks: ${list(report.answers)}`] : []),
    `  tolerated unknowns: ${report.unknowns.size === 0 ? "none" : ""}`,
    ...[...report.unknowns].map(([unknown, times]) => `    ${unknown} (${times})`),
    ...report.failures.map(({ file, reason }) => `  FAILED ${file}: ${reason}`),
  ];
}

async function main(): Promise<void> {
  const [directory] = process.argv.slice(2);
  if (!directory) {
    console.error("usage: npm run conformance -- DIR   (a folder with one folder per provider)");
    process.exit(1);
  }
  if (!existsSync(directory)) {
    console.error(`conformance: ${directory} does not exist`);
    process.exit(1);
  }
  const reports = await runConformance(resolve(directory));
  for (const line of reports.flatMap(printReport)) console.log(line);
  const found = reports.filter((report) => report.skipped === null).map((report) => report.provider);
  const absent = allProviders.filter((provider) => !found.includes(provider.name));
  for (const provider of absent) console.log(`${provider.name}: no folder`);
  const failed = reports.filter(hasFailed);
  console.log(failed.length === 0 ? "conformance: passed" : `conformance: ${failed.length} provider(s) failed`);
  process.exit(failed.length === 0 ? 0 : 1);
}

if (import.meta.main) await main();
