import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { useConfig } from "../core/config.ts";
import { fetchFile } from "./fetch-file.ts";

useConfig(testConfig({ privateNetwork: false }));

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

let asked = 0;
const inside = await serve(() => ({ status: 200, body: "a secret of the network" }));
const provider = await serve((path): Answer =>
  path === "/moved"
    ? { status: 302, headers: { location: `${inside.at}/metadata` }, body: "" }
    : { status: 200, headers: { "content-type": "audio/ogg; x=1" }, body: "la voix" },
);
afterAll(() => [inside, provider].forEach(({ server }) => server.close()));

const most = { provider: provider.at, mostBytes: 1_000 };

test("the provider's own host is asked wherever it lies", async () => {
  expect(await fetchFile(`${provider.at}/file`, most)).toEqual({
    kind: "file",
    bytes: Buffer.from("la voix"),
    mimeType: "audio/ogg",
    fileName: null,
  });
});

test("an address that came with a post leads into no private network: written out, by name, or redirected to", async () => {
  asked = 0;
  const port = new URL(inside.at).port;
  for (const url of [
    inside.at,
    `http://localhost:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://2130706433:${port}/`,
  ]) {
    expect([url, (await fetchFile(url, most)).kind]).toEqual([url, "private"]);
  }
  // Away from HTTPS is refused before the address is even looked at.
  expect((await fetchFile(`${provider.at}/moved`, most)).kind).toBe("lost");
  expect(asked).toBe(0);
});

test("a file that is larger than allowed is not read on; what is no file address fails in words", async () => {
  expect(await fetchFile(`${provider.at}/file`, { ...most, mostBytes: 3 })).toMatchObject({ kind: "too_large" });
  expect((await fetchFile("file:///etc/passwd", most)).kind).toBe("lost");
});

async function serve(answer: (path: string) => Answer) {
  const server: Server = createServer((request, response) => {
    if (server === inside.server) asked += 1;
    const { status, headers = {}, body } = answer(request.url ?? "");
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, at: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
