import { createHash, randomBytes } from "node:crypto";

export interface IssuedToken {
  accountId: string;
  username: string;
  issuedAt: Date;
  expiresAt: Date;
  /** Good for sixty days, and for being renewed. */
  long: boolean;
}

interface Code {
  clientId: string;
  redirectUri: string;
  challenge: string;
  username: string;
  until: number;
}

export type TokenState = "good" | "expired" | "revoked" | "unknown";

const hour = 3_600_000;
const day = 24 * hour;
/** Codes and tokens that are remembered at once. */
const most = 1_000;

/** What the sign-in hands out: codes for one use, tokens of an hour, tokens of sixty days. */
export function createFakeTokens(now: () => Date) {
  const codes = new Map<string, Code>();
  const tokens = new Map<string, IssuedToken>();
  const revoked = new Set<string>();

  function issueCode(request: Omit<Code, "until">): string {
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
    revoked.delete(accountIdOf(known.username));
    return issue({ accountId: accountIdOf(known.username), username: known.username }, false);
  }

  function issue(whose: Pick<IssuedToken, "accountId" | "username">, long: boolean): string {
    const token = `IGAA${randomBytes(36).toString("base64url")}`;
    const issuedAt = now();
    const expiresAt = new Date(issuedAt.getTime() + (long ? 60 * day : hour));
    keep(tokens, token, { ...whose, issuedAt, expiresAt, long });
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

/** The same user name is always the same account. */
export function accountIdOf(username: string): string {
  const hash = createHash("sha256").update(username).digest("hex").slice(0, 10);
  return `17841${String(BigInt(`0x${hash}`))
    .padStart(13, "4")
    .slice(0, 12)}`;
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
