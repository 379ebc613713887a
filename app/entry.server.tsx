import { renderToString } from "react-dom/server";
import { ServerRouter, type EntryContext, type RouterContextProvider } from "react-router";

import { pageContext } from "./context.ts";
import { register } from "./i18n/dictionaries.ts";
import { en } from "./i18n/en/index.ts";
import { fr } from "./i18n/fr/index.ts";

register("fr", fr);
register("en", en);

/**
 * Renders a page whole and at once. Every loader has answered by then and no component waits on the
 * server, so nothing is left to stream: one string costs half of what React's pieces and their writes do.
 * What the router would stream for hydration stands at the end of the body instead.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  headers.set("content-type", "text/html; charset=utf-8");
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const { nonce } = loadContext.get(pageContext);
  const { serverHandoffStream, ...context } = routerContext;
  const data = serverHandoffStream ? await new Response(serverHandoffStream).text() : null;
  const page = renderToString(<ServerRouter context={context} url={request.url} nonce={nonce} />);
  const hydrated = data === null || !context.renderMeta?.didRenderScripts ? [page] : withData(page, data, nonce);
  // As bytes: a text would be looked through once more for halves of characters, and put together in memory before.
  const bytes = Buffer.concat(["<!DOCTYPE html>", ...hydrated].map((part) => Buffer.from(part)));
  return new Response(bytes, { status, headers });
}

/** The same two calls that React Router's own stream ends in (`StreamTransfer`, react-router 8.4). */
function withData(page: string, data: string, nonce: string): string[] {
  const end = page.lastIndexOf("</body>");
  const script = `window.__reactRouterContext.streamController.enqueue(${scriptText(data)});window.__reactRouterContext.streamController.close();`;
  return [page.slice(0, end), `<script nonce="${nonce}">${script}</script>`, page.slice(end)];
}

const unsafe: Record<string, string> = {
  "&": "\\u0026",
  "<": "\\u003c",
  ">": "\\u003e",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** Text as a literal that cannot end the script it stands in. */
function scriptText(text: string): string {
  return JSON.stringify(text).replace(/[&<>\u2028\u2029]/g, (sign) => unsafe[sign]!);
}
