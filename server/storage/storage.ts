import { DomainError } from "#server/core/errors.ts";

/** Where bytes lie: a folder of this machine, or a bucket that speaks S3. Keys are made by {@link storageKey}. */
export interface Storage {
  /** Stores all or nothing; a key that exists is replaced. A stream needs its length, in `bytes`, and ends there. */
  put(key: string, body: Uint8Array | ReadableStream<Uint8Array>, options?: PutOptions): Promise<void>;
  /** The bytes, or part of them; null when nothing has this key. */
  get(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | null>;
  /** Size in bytes; null when nothing has this key. */
  stat(key: string): Promise<{ bytes: number } | null>;
  has(key: string): Promise<boolean>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
}

export interface PutOptions {
  /** Length of a stream. */
  bytes?: number;
  mimeType?: string;
}

/** Both ends included, from 0, as HTTP counts. */
export interface ByteRange {
  from: number;
  to: number;
}

/** Storage did not answer, or refused us: worth another try later. */
export const storageAway = (cause: unknown) => new DomainError("unavailable", "storage_away", { cause });

/** `<tenant>/<yyyy-mm>/<id>`: a tenant's files can be counted, moved or erased together, and no folder grows for ever. */
export function storageKey(tenantId: string, id: string, at: Date): string {
  return checkedKey(`${tenantId}/${at.toISOString().slice(0, 7)}/${id}`);
}

const keyShape = /^[a-z0-9-]{1,64}(?:\/[a-z0-9-]{1,64}){1,7}$/;

/** The key, when it can name nothing outside its storage: lower-case words, digits and dashes between slashes. */
export function checkedKey(key: string): string {
  if (!keyShape.test(key)) throw new Error("not a storage key");
  return key;
}
