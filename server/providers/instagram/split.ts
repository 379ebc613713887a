import { MalformedPost, type EventPart } from "../contract.ts";
import { objectOf, readJson } from "../read-json.ts";
import { describe } from "./describe.ts";
import { eventsOf } from "./update.ts";

/** Meta sends at most 1,000 updates a post; far beyond that it is not Meta. */
const mostEvents = 5000;

/**
 * Splits a post of Instagram into its events, whichever envelope each stands in. An entry without any
 * becomes one event that `parse` ignores. Throws {@link MalformedPost}.
 */
export function split(body: Uint8Array): EventPart[] {
  const post = objectOf(readJson(body));
  if (!post) throw new MalformedPost("not an object");
  if (!Array.isArray(post.entry)) throw new MalformedPost("no entry list");
  const parts: EventPart[] = [];
  for (const item of post.entry) {
    const entry = objectOf(item);
    const before = parts.length;
    for (const payload of entry ? eventsOf(entry) : []) {
      if (parts.push(describe(payload)) > mostEvents) throw new MalformedPost("too many events");
    }
    if (parts.length === before) parts.push(describe({ id: entry?.id ?? null, time: entry?.time ?? null }));
    if (parts.length > mostEvents) throw new MalformedPost("too many events");
  }
  return parts;
}
