import { sameText } from "#server/core/crypto.ts";

/**
 * Meta's subscription handshake. Answers the challenge, verbatim, when a verify token matches;
 * `refused` when none does; null when the query is no handshake.
 */
export function handshake(query: URLSearchParams, verifyTokens: readonly string[]): string | "refused" | null {
  const challenge = query.get("hub.challenge");
  if (query.get("hub.mode") !== "subscribe" || challenge === null) return null;
  const given = query.get("hub.verify_token") ?? "";
  const known = verifyTokens.filter((token) => token !== "" && sameText(token, given));
  return known.length > 0 ? challenge : "refused";
}
