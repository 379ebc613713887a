import { createHash, randomBytes } from "node:crypto";

/** Whose token it is: an account that its owner opened to an app. */
export interface TokenOwner {
  accountId: string;
}

export type IssuedToken<Owner extends TokenOwner> = Owner & {
  issuedAt: Date;
  expiresAt: Date;
  /** Good for sixty days, and for being renewed. */
  long: boolean;
};

interface Code<Owner> {
  clientId: string;
  redirectUri: string;
  challenge: string;
  owner: Owner;
  until: number;
}

export type TokenState = "good" | "expired" | "revoked" | "unknown";
export type StandInTokens<Owner extends TokenOwner> = ReturnType<typeof createStandInTokens<Owner>>;

const hour = 3_600_000;
const day = 24 * hour;
/** Codes and tokens that are remembered at once. */
const most = 1_000;
/** How long a token lives that may be renewed. */
export const longLifeSeconds = (60 * day) / 1000;

/** What a platform's sign-in hands out: codes for one use, tokens of an hour, tokens of sixty days. */
export function createStandInTokens<Owner extends TokenOwner>(prefix: string, now: () => Date) {
  const codes = new Map<string, Code<Owner>>();
  const tokens = new Map<string, IssuedToken<Owner>>();
  const revoked = new Set<string>();

  function issueCode(request: Omit<Code<Owner>, "until">): string {
    const code = `AQ${randomBytes(32).toString("base64url")}`;
    keep(codes, code, { ...request, until: now().getTime() + hour });
    return code;
  }

  /** The token of a code that was given to this client, for this address, to whoever knows the verifier. */
  function redeem(code: string, client: { id: string; redirectUri: string; verifier: string }): string | null {
    const known = codes.get(code);
    codes.delete(code);
    const challenge = createHash("sha256").update(client.verifier).digest("base64url");
    const fits =
      known &&
      known.clientId === client.id &&
      known.redirectUri === client.redirectUri &&
      known.challenge === challenge;
    if (!fits || known.until < now().getTime()) return null;
    // The owner allows it anew: what was taken back before is forgotten.
    revoked.delete(known.owner.accountId);
    return issue(known.owner, false);
  }

  function issue(owner: Owner, long: boolean): string {
    const token = `${prefix}${randomBytes(36).toString("base64url")}`;
    const issuedAt = now();
    const expiresAt = new Date(issuedAt.getTime() + (long ? longLifeSeconds * 1000 : hour));
    keep(tokens, token, { ...owner, issuedAt, expiresAt, long });
    return token;
  }

  function stateOf(token: string): TokenState {
    const issued = tokens.get(token);
    if (!issued) return "unknown";
    if (revoked.has(issued.accountId)) return "revoked";
    return issued.expiresAt > now() ? "good" : "expired";
  }

  return {
    issueCode,
    redeem,
    issue,
    stateOf,
    issued: (token: string) => tokens.get(token) ?? null,
    isRevoked: (accountId: string) => revoked.has(accountId),
    /** The owner removes the app in their settings. */
    revoke: (accountId: string) => void revoked.add(accountId),
  };
}

/** Ten digits and more that are the same for the same words: an account keeps its id. */
export function idOf(words: string, first: string, length: number): string {
  const hash = createHash("sha256").update(words).digest("hex").slice(0, 10);
  const wanted = length - first.length;
  return `${first}${String(BigInt(`0x${hash}`))
    .padStart(wanted + 1, "4")
    .slice(0, wanted)}`;
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
