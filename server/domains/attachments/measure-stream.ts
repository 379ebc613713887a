import { createHash } from "node:crypto";
import { headBytes } from "./limits.ts";

export interface Measured {
  head: Uint8Array;
  bytes: number;
  sha256: string;
}

/** Passes a stream on and keeps its beginning, length and hash; breaks off once it is longer than announced. */
export function measureStream(body: ReadableStream<Uint8Array>, announced: number) {
  const hash = createHash("sha256");
  const beginning: Uint8Array[] = [];
  let bytes = 0;
  const stream = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        if (bytes < headBytes) beginning.push(piece.slice(0, headBytes - bytes));
        bytes += piece.byteLength;
        if (bytes > announced) throw new Error("longer than announced");
        hash.update(piece);
        controller.enqueue(piece);
      },
    }),
  );
  const measured = (): Measured => ({ head: Buffer.concat(beginning), bytes, sha256: hash.digest("hex") });
  return { stream, measured };
}
