import type { EventPart, JsonObject } from "../contract.ts";
import { listOf, objectOf, readJson } from "../read-json.ts";
import { split } from "./split.ts";

/**
 * Splits the hand-made test post of an older guide: the number's id stands in `entry[].id` and the
 * change has no metadata. Everything else is as Meta sends it. Throws {@link MalformedPost}.
 */
export function splitTestPost(body: Uint8Array): EventPart[] {
  const post = objectOf(readJson(body));
  if (!post) return split(body);
  const entry = listOf(post.entry).map((item) => {
    const source = objectOf(item);
    if (!source) return item;
    const changes = listOf(source.changes).map((change) => withNumber(objectOf(change), source));
    return { ...source, changes };
  });
  return split(new TextEncoder().encode(JSON.stringify({ ...post, entry })));
}

function withNumber(change: JsonObject | null, entry: JsonObject): JsonObject | null {
  const value = objectOf(change?.value);
  if (!value || objectOf(value.metadata)) return change;
  return { ...change, value: { ...value, metadata: { phone_number_id: entry.id ?? null } } };
}
