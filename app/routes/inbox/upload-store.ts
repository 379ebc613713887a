import { useCallback, useSyncExternalStore } from "react";

import type { FileRules } from "./file-data.ts";
import { uploadProblem } from "./file-data.ts";

/** A file that was attached and not sent yet. Kept while one moves between conversations. */
export interface Upload {
  key: string;
  name: string;
  bytes: number;
  /** A picture of it, from this device. */
  preview: string | null;
  /** 0 to 1 while it is on its way. */
  progress: number;
  /** The server's id of it, once it is there. */
  attachmentId: string | null;
  /** Why it cannot be sent. */
  problem: { code: string; reason: string } | null;
}

const none: readonly Upload[] = [];
const uploads = new Map<string, readonly Upload[]>();
const requests = new Map<string, XMLHttpRequest>();
const listeners = new Set<() => void>();

function write(conversationId: string, next: readonly Upload[]): void {
  if (next.length === 0) uploads.delete(conversationId);
  else uploads.set(conversationId, next);
  listeners.forEach((listener) => listener());
}

function change(conversationId: string, key: string, by: Partial<Upload>): void {
  const before = uploads.get(conversationId) ?? none;
  write(
    conversationId,
    before.map((upload) => (upload.key === key ? { ...upload, ...by } : upload)),
  );
}

export function useUploads(conversationId: string): readonly Upload[] {
  const read = useCallback(() => uploads.get(conversationId) ?? none, [conversationId]);
  return useSyncExternalStore(subscribe, read, () => none);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Begins to upload files at once; what the channel does not take is shown with its reason instead. */
export function attachFiles(
  { conversationId, url, rules }: { conversationId: string; url: string; rules: FileRules },
  files: readonly File[],
): void {
  for (const file of files) {
    const reason = uploadProblem(rules, file);
    const upload: Upload = {
      key: crypto.randomUUID(),
      name: file.name,
      bytes: file.size,
      preview: /^image\/(jpeg|png|gif|webp|avif)$/.test(file.type) ? URL.createObjectURL(file) : null,
      progress: 0,
      attachmentId: null,
      problem: reason ? { code: "invalid", reason } : null,
    };
    write(conversationId, [...(uploads.get(conversationId) ?? none), upload]);
    if (!reason) begin(conversationId, upload.key, `${url}?${new URLSearchParams({ name: file.name })}`, file);
  }
}

/** An XMLHttpRequest: a fetch does not say how far an upload has come. */
function begin(conversationId: string, key: string, url: string, file: File): void {
  const request = new XMLHttpRequest();
  requests.set(key, request);
  request.open("POST", url);
  request.responseType = "json";
  request.setRequestHeader("content-type", file.type || "application/octet-stream");
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    change(conversationId, key, { progress: total ? loaded / total : 0 }),
  );
  request.addEventListener("loadend", () => {
    requests.delete(key);
    const answer: unknown = request.response;
    const { id, error } = (answer ?? {}) as { id?: string; error?: Upload["problem"] };
    if (request.status === 201 && id) change(conversationId, key, { attachmentId: id, progress: 1 });
    else change(conversationId, key, { problem: error ?? { code: "unavailable", reason: "unavailable" } });
  });
  request.send(file);
}

/** Takes a file back: its upload stops, and what the server has of it is discarded. */
export function detachFile(conversationId: string, upload: Upload, url: string): void {
  requests.get(upload.key)?.abort();
  if (upload.attachmentId) void fetch(`${url}/${upload.attachmentId}`, { method: "DELETE" }).catch(() => undefined);
  if (upload.preview) URL.revokeObjectURL(upload.preview);
  const before = uploads.get(conversationId) ?? none;
  write(
    conversationId,
    before.filter((one) => one.key !== upload.key),
  );
}

interface ServerFile {
  id: string;
  name: string;
  bytes: number;
  picture: boolean;
}

/** A file that the server has already; `files` is where its bytes are. */
export function uploadOf({ id, name, bytes, picture }: ServerFile, files: string): Upload {
  const preview = picture ? `${files}/${id}` : null;
  return { key: id, name, bytes, preview, progress: 1, attachmentId: id, problem: null };
}

/** Files come back beside what was written: those that are not there yet. */
export function restoreUploads(conversationId: string, files: readonly Upload[]): void {
  const before = uploads.get(conversationId) ?? none;
  const more = files.filter(({ attachmentId }) => !before.some((one) => one.attachmentId === attachmentId));
  if (more.length > 0) write(conversationId, [...before, ...more]);
}

/** The files leave with a message: it shows their previews from now on. */
export function takeUploads(conversationId: string): readonly Upload[] {
  const taken = uploads.get(conversationId) ?? none;
  write(conversationId, none);
  return taken;
}
