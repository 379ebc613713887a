import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { connect, createServer } from "node:net";

export interface TestLine {
  port: number;
  /** Connections through it so far. */
  connections(): number;
  /** Whether one of them has not ended. */
  isOpen(): boolean;
  /** Ends every connection. */
  cut(): void;
  /** Lets nothing through any more, and tells nobody: a router that forgot. */
  freeze(frozen: boolean): void;
  close(): void;
}

/** A TCP line to a local port that can be cut, or fall silent. */
export async function openLine(target: number): Promise<TestLine> {
  const sockets = new Set<Socket>();
  let frozen = false;
  let count = 0;
  const server = createServer((near) => {
    count += 1;
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => void (frozen || to.write(chunk)));
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    isOpen: () => sockets.size > 0,
    cut,
    freeze: (next) => {
      frozen = next;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
