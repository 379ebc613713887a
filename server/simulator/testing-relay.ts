import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A post that went by, and the body of its answer. */
export interface Relayed {
  path: string;
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
  answer: string;
}

export interface Relay {
  url: string;
  /** Posts to webhooks, in the order of their answers. */
  posts: Relayed[];
  stop(): Promise<void>;
}

/** Stands in front of a server and keeps what providers post to it, so that it can be posted again. */
export async function startRelay(target: () => string): Promise<Relay> {
  const posts: Relayed[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? "/";
      const sent = Buffer.from(await buffer(request));
      const headers = Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === "string" && !/^(?:host|connection|content-length|transfer-encoding|expect)$/.test(name)
            ? [[name, value]]
            : [],
        ),
      );
      const { status, type, answer } = await pass({ path, headers, body: sent }, target(), request.method);
      if (path.startsWith("/webhooks/")) posts.push({ path, headers, body: sent, answer: answer.toString() });
      response.writeHead(status, { "content-type": type }).end(answer);
    })().catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Hands a post on, once more or for the first time. */
export async function pass(
  { path, headers, body }: Pick<Relayed, "path" | "headers" | "body">,
  target: string,
  method: string = "POST",
): Promise<{ status: number; type: string; answer: Buffer }> {
  const init = method === "POST" ? { method, headers, body } : { method, headers };
  const answered = await fetch(target + path, init);
  const answer = Buffer.from(await answered.arrayBuffer());
  return { status: answered.status, type: answered.headers.get("content-type") ?? "text/plain", answer };
}
