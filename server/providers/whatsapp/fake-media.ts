import { createHash, randomBytes } from "node:crypto";

export interface KeptFile {
  mimeType: string;
  name: string | null;
  bytes: Uint8Array;
}

const mostFiles = 100;
const addressesLiveMs = 5 * 60_000;

/** The stand-in's media store: files by id, and addresses that open them for five minutes. Bounded. */
export function createFakeMedia() {
  const files = new Map<string, KeptFile>();
  const addresses = new Map<string, { mediaId: string; until: number }>();

  function keep(file: KeptFile): string {
    const id = String(BigInt(`0x${randomBytes(6).toString("hex")}`));
    files.set(id, file);
    const [oldest] = files.keys();
    if (files.size > mostFiles && oldest !== undefined) files.delete(oldest);
    return id;
  }

  /** A fresh address for the file, as the part of a path. */
  function addressOf(mediaId: string): string {
    const key = randomBytes(9).toString("base64url");
    addresses.set(key, { mediaId, until: Date.now() + addressesLiveMs });
    const [oldest] = addresses.keys();
    if (addresses.size > mostFiles * 10 && oldest !== undefined) addresses.delete(oldest);
    return key;
  }

  return {
    keep,
    addressOf,
    find: (mediaId: string): KeptFile | null => files.get(mediaId) ?? null,
    open: (key: string): KeptFile | null => {
      const address = addresses.get(key);
      return address && address.until > Date.now() ? (files.get(address.mediaId) ?? null) : null;
    },
    /** Every address that was given out is dead from now on. */
    expireAddresses: (): void => addresses.clear(),
    /** Meta deletes files after thirty days. */
    forget: (): void => files.clear(),
  };
}

export type FakeMedia = ReturnType<typeof createFakeMedia>;

export function sha256Of(file: KeptFile): string {
  return createHash("sha256").update(file.bytes).digest("hex");
}
