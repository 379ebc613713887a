import type { ZodError } from "zod";

/** Reasons by field; those of a field within another also by its whole path, such as `voice.forwardTo`. */
export function fieldReasons(error: ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const names = path.map(String);
    for (const name of new Set([names[0], names.join(".")])) if (name) (fields[name] ??= []).push(message);
  }
  return fields;
}
