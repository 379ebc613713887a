import type { IncomingMessage, ServerResponse } from "node:http";

/** Everything that can become of a request at this edge. */
export type Outcome =
  | { kind: "handshake"; challenge: string }
  | { kind: "handshake_refused" }
  /** Stored; so are posts of unknown accounts, and refused ones of a channel that only observes. */
  | { kind: "stored"; acknowledgement: { contentType: string; body: string } }
  | { kind: "malformed" }
  | { kind: "bad_signature" }
  | { kind: "no_such_address" }
  | { kind: "wrong_method" }
  | { kind: "too_large" }
  | { kind: "unavailable" }
  /** The sender went away before the end of its body. */
  | { kind: "gone" };

const plain = "text/plain; charset=utf-8";

/** The one place where outcomes become HTTP. */
export function answer(request: IncomingMessage, response: ServerResponse, outcome: Outcome): void {
  switch (outcome.kind) {
    case "handshake":
      return send(response, 200, plain, outcome.challenge);
    case "handshake_refused":
      return send(response, 403, plain, "verify token refused");
    case "stored":
      return send(response, 200, outcome.acknowledgement.contentType, outcome.acknowledgement.body);
    case "malformed":
      return send(response, 400, plain, "malformed");
    case "bad_signature":
      return send(response, 401, plain, "signature refused");
    case "no_such_address":
      return send(response, 404, plain, "no such address");
    case "wrong_method":
      return send(response, 405, plain, "method not allowed", { allow: "GET, POST" });
    case "too_large":
      return refuseRest(request, response);
    case "unavailable":
      return send(response, 503, plain, "try again later", { "retry-after": "5" });
    case "gone":
      response.destroy();
  }
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  more: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...more,
  });
  response.end(body);
}

/** Senders read the answer once they have sent a little more: it is discarded for that long. */
const lingerMs = 1_000;
const lingerBytes = 8 * 1024 * 1024;

/** Answers 413 whole, lets a sender that is still writing come to its end, then closes the connection. */
function refuseRest(request: IncomingMessage, response: ServerResponse): void {
  const body = "too large";
  response.writeHead(413, { "content-type": plain, "content-length": Buffer.byteLength(body), connection: "close" });
  response.write(body);
  let discarded = 0;
  const close = () => {
    clearTimeout(timer);
    response.end();
    request.destroy();
  };
  const timer = setTimeout(close, lingerMs).unref();
  request.on("data", (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > lingerBytes) close();
  });
  request.once("end", close).once("close", close).once("error", close);
  request.resume();
}
