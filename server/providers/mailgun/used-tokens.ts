const most = 100_000;
const used = new Map<string, string>();

/**
 * Whether a token was spent on another body than this. Mailgun's signature covers the token and no word of
 * what it comes with, so a token that was seen carries what it carried then, and nothing else. A repeated
 * delivery passes, and is known as a duplicate by its event.
 */
export function isSpentElsewhere(token: string, bodyHash: string): boolean {
  const known = used.get(token);
  if (known !== undefined) return known !== bodyHash;
  used.set(token, bodyHash);
  const [oldest] = used.keys();
  if (used.size > most && oldest !== undefined) used.delete(oldest);
  return false;
}
