const form = /^mail:([0-9a-f]{64}):(\d{1,3})$/;

/** A file of a mail as media events name it: which mail, and which of its files. */
export function mediaIdOf(rawSha256: string, index: number): string {
  return `mail:${rawSha256}:${index}`;
}

/** Which mail holds the file; null for a file that no mail holds. */
export function mailOfMedia(mediaId: string | null): { sha256: string; index: number } | null {
  const [, sha256, index] = form.exec(mediaId ?? "") ?? [];
  return sha256 && index ? { sha256, index: Number(index) } : null;
}

/** Where storage keeps a tenant's mail as it came. One content, one place: the same mail twice is kept once. */
export function rawMailKey(tenantId: string, sha256: string): string {
  return `${tenantId}/mail/${sha256.slice(0, 2)}/${sha256}`;
}
