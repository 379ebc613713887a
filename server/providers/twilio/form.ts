import type { Json, JsonObject, RawPost } from "../contract.ts";
import { storableText } from "../read-json.ts";

export function isJson(post: RawPost): boolean {
  return (post.headers["content-type"] ?? "").toLowerCase().includes("json");
}

/** The parameters of a form body, in order, exactly as they were signed. */
export function formOf(post: RawPost): URLSearchParams {
  return new URLSearchParams(new TextDecoder().decode(post.body));
}

/** The parameters as JSON that can be stored: a repeated one becomes a list, NUL bytes are taken out. */
export function storableForm(form: URLSearchParams): JsonObject {
  const names = [...new Set(form.keys())];
  return Object.fromEntries(
    names.map((name): [string, Json] => {
      const values = form.getAll(name).map(storableText);
      return [storableText(name), values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}
