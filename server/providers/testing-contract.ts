import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

/** A request that a client of ours made, and what the vendor's contract says of it. */
export interface Judged {
  /** Such as `POST /v23.0/1065…/messages`. */
  request: string;
  status: number;
  /** Where it breaks the contract; empty where it keeps it. */
  complaints: string[];
}

/** A vendor's published contract that answers over HTTP. */
export interface Contract {
  /** The vendor's API, for `apiBaseUrl`. */
  url: string;
  /** Every request that was made while `ask` ran, judged. */
  judge(ask: (url: string) => Promise<unknown>): Promise<Judged[]>;
  stop(): Promise<void>;
}

export type Document = Record<string, never>;

/** Where the vendors' contracts lie, where they are at hand. */
export const specFolder = join(import.meta.dirname, "../../../shared/specs");

/**
 * Starts Prism on a vendor's OpenAPI document: it answers what the document shows, and refuses with 4xx
 * what breaks it. `amend` adds what the vendor documents elsewhere; each addition says where.
 */
export async function openContract(file: string, amend: (document: Document) => void = () => {}): Promise<Contract> {
  const document = parse(readFileSync(join(specFolder, file), "utf8")) as Document;
  amend(document);
  const folder = mkdtempSync(join(tmpdir(), "guichet-contract-"));
  const path = join(folder, "contract.json");
  writeFileSync(path, JSON.stringify(document));
  const prism = await startPrism(path);
  const judged: Judged[] = [];
  const recorder = await startRecorder(prism.url, judged);
  return {
    url: recorder.url,
    judge: async (ask) => {
      judged.length = 0;
      await ask(recorder.url);
      return [...judged];
    },
    stop: async () => {
      await Promise.all([recorder.stop(), prism.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startPrism(path: string) {
  const cli = createRequire(import.meta.url).resolve("@stoplight/prism-cli");
  const port = await freePort();
  const args = [cli, "mock", "--errors", "--host", "127.0.0.1", "--port", String(port), path];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (piece: Buffer) => {
      said.push(piece.toString());
      if (/is listening/.test(said.join(""))) resolve();
    });
    child.stderr.on("data", (piece: Buffer) => said.push(piece.toString()));
    child.once("exit", () => reject(new Error(`Prism did not start: ${said.join("").slice(-1000)}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

const ofTheConnection: ReadonlySet<string> = new Set(["host", "connection", "content-length", "transfer-encoding"]);

/** Passes requests on to Prism and notes what it thinks of them, whatever the client makes of the answer. */
async function startRecorder(target: string, judged: Judged[]) {
  const server = createServer((request, response) => {
    void (async () => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      const body = Buffer.concat(pieces);
      const headers = Object.entries(request.headers).filter(([name]) => !ofTheConnection.has(name));
      const answer = await fetch(`${target}${request.url ?? ""}`, {
        method: request.method ?? "GET",
        headers: headers.map(([name, value]) => [name, String(value)] as [string, string]),
        ...(body.length > 0 ? { body } : {}),
      });
      const text = await answer.text();
      judged.push({
        request: `${request.method} ${request.url}`,
        status: answer.status,
        complaints: complaintsIn(answer.status, text),
      });
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" });
      response.end(text);
    })().catch((error: unknown) => {
      judged.push({ request: `${request.method} ${request.url}`, status: 0, complaints: [String(error)] });
      response.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/**
 * What Prism says of the request: in its own words, or by the refusal that the document has for such a one. What it finds in the document's own examples of answers is no fault of ours.
 */
function complaintsIn(status: number, text: string): string[] {
  if (!text.includes("stoplight.io/prism/errors")) return status < 400 ? [] : [`answered ${status}`];
  const { title, validation } = JSON.parse(text) as {
    title: string;
    validation?: { location: string[]; message: string }[];
  };
  if (!validation) return [title];
  return validation
    .filter(({ location }) => location[0] !== "response")
    .map(({ location, message }) => `${location.join(".")}: ${message}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
