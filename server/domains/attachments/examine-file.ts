import { digest } from "#server/core/crypto.ts";
import { identifyFile, type Claimed } from "./identify-file.ts";
import { headBytes, mostBytesOf, type FileKind } from "./limits.ts";
import { pictureSize } from "./picture-size.ts";

/** What is found in a file that is kept. */
export interface ExaminedFile {
  mimeType: string;
  kind: FileKind;
  bytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
}

/** Why a file is not kept; the interface words it. */
export type FileRefusal = "empty" | "too_large" | "type_mismatch" | "executable";

/** Examines bytes in hand. */
export async function examineBytes(
  bytes: Uint8Array,
  claimed: Claimed,
): Promise<ExaminedFile | { refused: FileRefusal }> {
  return examine({ head: bytes.subarray(0, headBytes), bytes: bytes.byteLength, sha256: digest(bytes) }, claimed);
}

/** Examines a file by its beginning, once its size and hash are known. */
export async function examine(
  { head, bytes, sha256 }: { head: Uint8Array; bytes: number; sha256: string },
  claimed: Claimed,
): Promise<ExaminedFile | { refused: FileRefusal }> {
  const identified = await identifyFile(head, claimed);
  if (!identified.ok) return { refused: identified.reason };
  const { mimeType, kind } = identified;
  if (bytes > mostBytesOf[kind]) return { refused: "too_large" };
  const size = mimeType.startsWith("image/") ? pictureSize(head) : null;
  return { mimeType, kind, bytes, sha256, width: size?.width ?? null, height: size?.height ?? null };
}
