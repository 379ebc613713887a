import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EventPart, InboundEvent, Provider, RawPost } from "./contract.ts";

/** The time that tests give where a provider names none. */
export const receivedAt = new Date("2026-11-21T10:00:00Z");

const contentTypes: Readonly<Record<string, string>> = {
  json: "application/json",
  form: "multipart/form-data; boundary=limite-du-formulaire",
};

/** A hand-written sample as the post it would be. */
export function samplePost(folder: string, file: string): RawPost {
  const extension = file.slice(file.lastIndexOf(".") + 1);
  return {
    url: "https://guichet.example/webhooks/sample",
    headers: { "content-type": contentTypes[extension] ?? "application/x-www-form-urlencoded" },
    body: readFileSync(join(import.meta.dirname, folder, "samples", file)),
  };
}

export function sampleFiles(folder: string): string[] {
  return readdirSync(join(import.meta.dirname, folder, "samples")).toSorted();
}

/** Every event of a post, split and parsed. The payload passes through JSON, as the log keeps it. */
export function readPost(
  provider: Pick<Provider, "parse"> & { split(post: RawPost): EventPart[] },
  post: RawPost,
): { part: EventPart; event: InboundEvent; unknowns: string[] }[] {
  return provider.split(post).map((part) => {
    const kept = JSON.parse(JSON.stringify(part.payload)) as EventPart["payload"];
    return { part, ...provider.parse(kept, receivedAt) };
  });
}
