import { Writable } from "node:stream";

import { renderToPipeableStream } from "react-dom/server";
import { ServerRouter, type EntryContext, type RouterContextProvider } from "react-router";

import { pageContext } from "./context.ts";
import { register } from "./i18n/dictionaries.ts";
import { en } from "./i18n/en/index.ts";
import { fr } from "./i18n/fr/index.ts";

register("fr", fr);
register("en", en);

/** Milliseconds after which data still awaited is given up. */
export const streamTimeout = 5_000;

/**
 * Renders a page whole: every loader has answered by then, and one buffer is sent in half the time that
 * a stream of small pieces takes.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> | Response {
  headers.set("content-type", "text/html; charset=utf-8");
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const { nonce } = loadContext.get(pageContext);

  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    const page = new Writable({
      write(piece: Uint8Array, _encoding, done) {
        pieces.push(piece);
        done();
      },
      final(done) {
        resolve(new Response(Buffer.concat(pieces), { status, headers }));
        done();
      },
    });
    const { pipe, abort } = renderToPipeableStream(
      <ServerRouter context={routerContext} url={request.url} nonce={nonce} />,
      {
        nonce,
        onAllReady() {
          clearTimeout(timer);
          pipe(page);
        },
        onShellError: reject,
        onError: (error) => console.error(error),
      },
    );
    const timer = setTimeout(abort, streamTimeout + 1_000);
  });
}
