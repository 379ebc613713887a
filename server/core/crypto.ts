import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Keys by id. New values are sealed with `current`; older ids are kept to open what they sealed. */
export interface KeyRing {
  current: string;
  keys: ReadonlyMap<string, Buffer>;
}

/**
 * Reads `ENCRYPTION_KEY`: one or more `id:base64` pairs separated by commas, the first one current;
 * a bare base64 value has the id `k1`. Each key is 32 bytes. Throws a sentence fit for the operator.
 */
export function readKeyRing(value: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const part of value.split(",")) {
    const [id, encoded] = part.includes(":") ? part.trim().split(":", 2) : ["k1", part.trim()];
    const key = Buffer.from(encoded ?? "", "base64");
    if (!id || !/^[A-Za-z0-9_-]{1,16}$/.test(id) || key.length !== 32) {
      throw new Error("ENCRYPTION_KEY must be 32 bytes in base64, or several as id:base64,id:base64");
    }
    keys.set(id, key);
  }
  return { current: keys.keys().next().value!, keys };
}

/**
 * Seals text with AES-256-GCM. `boundTo` (tenant and channel, say) is authenticated but not stored:
 * a sealed value copied to another row does not open there. Shape: `v1.<key id>.<nonce>.<tag>.<text>`.
 */
export function seal(ring: KeyRing, plain: string, boundTo: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", ring.keys.get(ring.current)!, nonce);
  cipher.setAAD(Buffer.from(boundTo));
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString("base64url"));
  return ["v1", ring.current, ...parts].join(".");
}

/** Opens a sealed value; throws when the key is unknown, the value was altered, or it is bound elsewhere. */
export function open(ring: KeyRing, sealed: string, boundTo: string): string {
  const [version, keyId, nonce, tag, text] = sealed.split(".");
  const key = ring.keys.get(keyId ?? "");
  if (version !== "v1" || !key || !nonce || !tag || text === undefined) {
    throw new Error("sealed value cannot be opened: unknown key or shape");
  }
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"));
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return decipher.update(Buffer.from(text, "base64url"), undefined, "utf8") + decipher.final("utf8");
}

/** SHA-256 in hex: how tokens and session ids are kept at rest. */
export function digest(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("hex");
}

/** Compares two strings in time that depends on their length only. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
