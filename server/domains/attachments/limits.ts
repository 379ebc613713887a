import type { MediaRef } from "#server/providers/contract.ts";

export type FileKind = MediaRef["kind"];

const megabyte = 1024 * 1024;

/**
 * The largest file of each kind that is kept, bytes. Roomy for what phones send (WhatsApp allows 5 MB a
 * picture, 16 MB of sound or film, 100 MB a document; mail seldom carries over 25 MB; half an
 * hour of a recorded call is 58 MB), small enough that two fetches at once fit
 * into any machine.
 */
export const mostBytesOf: Readonly<Record<FileKind, number>> = {
  image: 25 * megabyte,
  sticker: 2 * megabyte,
  audio: 100 * megabyte,
  video: 64 * megabyte,
  document: 100 * megabyte,
};

export const mostBytes: number = Math.max(...Object.values(mostBytesOf));

/** What the beginning of a file must hold for its type and the size of its picture to be found, bytes. */
export const headBytes: number = 512 * 1024;

/** Waits between two tries to fetch a file, milliseconds; after the last one it counts as failed. */
export const retryDelaysMs = [10_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000] as const;

/** A fetch that was begun and never reported on is begun again after this long. */
export const leaseMs: number = 5 * 60_000;

/** Uploads that no message took are removed after this long. */
export const unusedUploadMs: number = 24 * 3_600_000;
