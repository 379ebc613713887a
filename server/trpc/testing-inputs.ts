import { z } from "zod";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Where the ids of a question stand: the keys that lead to each. */
export function idsIn(question: unknown, at: string[] = []): string[][] {
  if (typeof question === "string") return uuid.test(question) ? [at] : [];
  if (typeof question !== "object" || question === null) return [];
  return Object.entries(question).flatMap(([key, value]) => idsIn(value, [...at, key]));
}

/** The id that stands there. */
export const idAt = (question: unknown, keys: readonly string[]): string =>
  String(keys.reduce<unknown>((at, key) => childOf(at, key), question));

/** The question with one of its ids taken from another of the same shape. */
export function withIdOf(question: unknown, [key, ...rest]: string[], other: unknown): unknown {
  if (key === undefined) return other;
  const changed = withIdOf(childOf(question, key), rest, childOf(other, key));
  if (Array.isArray(question))
    return question.map((one, place) => (String(place) === key ? changed : (one as unknown)));
  return { ...(question as object), [key]: changed };
}

const childOf = (parent: unknown, key: string) => (parent as Record<string, unknown>)[key];

interface Shape {
  type?: string;
  format?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
}

/** The keys under which a procedure takes an id. Of several shapes that it takes, the one with the fewest. */
export function idKeysOf(inputs: unknown[]): string[] {
  return inputs.flatMap((schema) =>
    keysOf(z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" }) as Shape, ""),
  );
}

function keysOf(shape: Shape, key: string): string[] {
  if (shape.format === "uuid") return [key];
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) {
    // An id or nothing, an id or a word: it may be an id.
    if (choices.some((choice) => choice.format === "uuid")) return [key];
    return choices.map((choice) => keysOf(choice, key)).toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  if (shape.items) return keysOf(shape.items, key);
  return Object.entries(shape.properties ?? {}).flatMap(([name, property]) => keysOf(property, name));
}
