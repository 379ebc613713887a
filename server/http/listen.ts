import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { GuichetEnv } from "./request-context.ts";

export interface Listening {
  port: number;
  /** Takes no new request, lets those under way finish for `grace` ms, then closes what is left. */
  close(grace?: number): Promise<void>;
}

/** Sees every request first and hands on what is not its own: intake; Vite in development. */
export type Before = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Listens, or throws one plain sentence when the port cannot be had. */
export async function listen(
  app: Hono<GuichetEnv>,
  port: number,
  host: string | undefined,
  before?: Before,
): Promise<Listening> {
  // The lightweight Response that it would put in place of the global one is made real by every look at it.
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer({ keepAliveTimeout: 65_000, headersTimeout: 20_000 }, (request, response) => {
    if (before) before(request, response, () => void answer(request, response));
    else void answer(request, response);
  });
  const lines = new Set<Socket>();
  server.on("connection", (line) => {
    lines.add(line);
    line.once("close", () => lines.delete(line));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new Error(portSentence(error, port), { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : port,
    close: async (grace = 5_000) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Again and again: a line is kept for the next request once its answer is out.
      const sweep = setInterval(() => server.closeIdleConnections(), 20);
      // Browsers open lines ahead of what they will ask; Node takes one that never asked for busy.
      for (const line of lines) if (line.bytesRead === 0) line.destroy();
      const timer = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearInterval(sweep);
      clearTimeout(timer);
    },
  };
}

function portSentence(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === "EADDRINUSE") return `port ${port} is in use: stop what uses it, or set PORT to another one`;
  if (error.code === "EACCES") return `port ${port} needs more rights: set PORT to one above 1023`;
  return `cannot listen on port ${port}: ${error.message}`;
}
