import { createHmac } from "node:crypto";
import { parse as parseQuery, stringify as writeQuery } from "node:querystring";
import { digest, sameText } from "#server/core/crypto.ts";
import type { RawPost, Verification } from "../contract.ts";
import { formOf, isJson } from "./form.ts";

/**
 * Checks `X-Twilio-Signature` over the public URL and the parameters, in constant time. A JSON body
 * is covered by the `bodySHA256` that Twilio adds to the URL; one without it proves nothing.
 */
export function verify(post: RawPost, authToken: string): Verification {
  if (authToken === "") return { ok: false, reason: "not_configured" };
  const given = post.headers["x-twilio-signature"];
  if (!given) return { ok: false, reason: "missing_signature" };
  const mismatch: Verification = { ok: false, reason: "signature_mismatch" };
  const bodyHash = URL.canParse(post.url) ? new URL(post.url).searchParams.get("bodySHA256") : null;
  if (bodyHash === null && isJson(post)) return mismatch;
  if (bodyHash !== null && !sameText(bodyHash.toLowerCase(), digest(post.body))) return mismatch;
  const form = bodyHash === null ? formOf(post) : new URLSearchParams();
  const matches = urlVariants(post.url).some((url) => sameText(given, signatureOf(url, form, authToken)));
  return matches ? { ok: true } : mismatch;
}

/**
 * The signature of a URL and its parameters: base64 of HMAC-SHA1(token, URL + each name and value,
 * sorted). Repeated parameters count once per distinct value, sorted.
 */
export function signatureOf(url: string, form: URLSearchParams, authToken: string): string {
  const names = [...new Set(form.keys())].toSorted();
  const signed = names.map((name) => {
    const values = [...new Set(form.getAll(name))].toSorted();
    return values.map((value) => name + value).join("");
  });
  return createHmac("sha1", authToken)
    .update(url + signed.join(""))
    .digest("base64");
}

/** Twilio signs with or without the standard port, and some of its back ends escape the query. */
function urlVariants(url: string): string[] {
  const normal = URL.canParse(url) ? new URL(url).toString() : url;
  const variants = [url, normal].flatMap((form) => [withoutPort(form), withPort(form)]);
  return [...new Set([...variants, ...variants.map(legacyQuery)])];
}

const parts = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(:\d*)?([^]*)$/i;

function withoutPort(url: string): string {
  return url.replace(parts, (_, scheme, user, host, _port, rest) => scheme + (user ?? "") + host + rest);
}

function withPort(url: string): string {
  return url.replace(parts, (_, scheme, user, host, port, rest) => {
    const standard = scheme.toLowerCase() === "https://" ? ":443" : ":80";
    return scheme + (user ?? "") + host + (port ?? standard) + rest;
  });
}

function legacyQuery(url: string): string {
  const start = url.indexOf("?");
  return start < 0 ? url : `${url.slice(0, start)}?${writeQuery(parseQuery(url.slice(start + 1)))}`;
}
