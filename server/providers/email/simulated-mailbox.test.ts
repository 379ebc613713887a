import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { openStandInMailbox } from "./simulated-mailbox.ts";

const server = createServer((request, response) => {
  if (request.url?.endsWith("/folders")) response.end(JSON.stringify({ folders: ["INBOX"], used: 0 }));
  else if (request.url?.endsWith("wait=0")) response.end(JSON.stringify({ uidValidity: 1, uidNext: 1, mails: [] }));
  else server.emit("waits", request);
});
afterAll(() => new Promise((closed) => server.close(closed)));

test("who stops waiting for mails leaves no request behind that the server's end would wait for", async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const credentials = { address: "atelier@shop.example", imap_host: "imap.shop.example", imap_password: "secret" };
  const apiBaseUrl = `http://127.0.0.1:${port}`;
  const opened = await openStandInMailbox({ channelId: "channel", tenantId: "tenant", credentials, apiBaseUrl });
  if (opened.outcome !== "ok") throw new Error(opened.outcome);
  const stop = new AbortController();
  const asked = once(server, "waits");
  const waiting = opened.value.changed(stop.signal);
  const [request] = (await asked) as [IncomingMessage];
  stop.abort();
  await waiting;
  await expect.poll(() => request.socket.destroyed).toBe(true);
});
