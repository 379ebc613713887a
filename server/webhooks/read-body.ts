import type { IncomingMessage } from "node:http";

export type ReadBody =
  | { outcome: "read"; bytes: Uint8Array }
  /** Longer than allowed, as declared or as it came; what was read is forgotten. */
  | { outcome: "too_large" }
  /** Too many bytes are being read at once. */
  | { outcome: "busy" }
  /** The sender went away. */
  | { outcome: "gone" };

/** Bytes of all bodies being read at once, in this process. */
const mostTogether = 128 * 1024 * 1024;
let together = 0;

/** Reads a body of at most `most` bytes, counting what comes: a declared length is believed only when it is too long. */
export function readBody(request: IncomingMessage, most: number): Promise<ReadBody> {
  if (Number(request.headers["content-length"] ?? 0) > most) return Promise.resolve({ outcome: "too_large" });
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      together += chunk.length;
      if (length > most) finish({ outcome: "too_large" });
      else if (together > mostTogether) finish({ outcome: "busy" });
      else chunks.push(chunk);
    };
    const onEnd = () =>
      finish({ outcome: "read", bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length) });
    const onGone = () => finish({ outcome: "gone" });
    const finish = (body: ReadBody) => {
      together -= length;
      length = 0;
      request.off("data", onData).off("end", onEnd).off("close", onGone).off("error", onGone);
      // A late error of a connection that nobody reads any more is nobody's.
      request.on("error", () => undefined);
      resolve(body);
    };
    request.on("data", onData).on("end", onEnd).on("close", onGone).on("error", onGone);
  });
}
