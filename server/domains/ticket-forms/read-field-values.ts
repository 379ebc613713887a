import { z } from "zod";
import type { TicketFieldValues } from "#db/schema/tickets.ts";
import { invalid } from "#server/core/errors.ts";
import type { TicketField } from "./read-ticket-form.ts";
import type { GivenFieldValues } from "./schemas.ts";

type Value = string | number | boolean;
/** What a ticket's values become: null takes one away. */
export type ReadFieldValues = Record<string, Value | null>;

/** The one schema of a business's field values, made of its definitions. Anything it has no field for is refused. */
export function fieldValuesSchema(fields: readonly TicketField[]): z.ZodType<ReadFieldValues> {
  const shape = fields
    .filter((field) => !field.archivedAt)
    .map((field) => [field.id, valueOf(field).optional()] as const);
  return z.strictObject(Object.fromEntries(shape)) as unknown as z.ZodType<ReadFieldValues>;
}

/**
 * Reads given values by their definitions: « 12,50 » is a number, an empty text is none. What a ticket has already is not
 * looked at again, so that a choice which went keeps its words. Refused beside `field:<id>`.
 */
export function readFieldValues(
  fields: readonly TicketField[],
  given: GivenFieldValues,
  current: TicketFieldValues = {},
): ReadFieldValues {
  const changed = Object.fromEntries(
    Object.entries(given).filter(
      ([id, value]) => value !== (current[id] ?? null) && String(value) !== String(current[id]),
    ),
  );
  const read = fieldValuesSchema(fields).safeParse(changed);
  if (read.success) return read.data;
  throw invalid(
    Object.fromEntries(
      read.error.issues.flatMap((issue) =>
        issue.code === "unrecognized_keys"
          ? issue.keys.map((id) => [fieldKey(id), "unknown_field"])
          : [[fieldKey(String(issue.path[0])), issue.message]],
      ),
    ),
  );
}

/** What errors and forms know a field by. */
export const fieldKey = (id: string) => `field:${id}`;

/** The values without those that were taken away. */
export function withFieldValues(current: TicketFieldValues, read: ReadFieldValues): TicketFieldValues {
  const all = Object.entries({ ...current, ...read });
  return Object.fromEntries(all.filter((entry): entry is [string, Value] => entry[1] !== null));
}

/** Fields that a ticket must have before it is resolved, and has not. */
export function missingFields<F extends Pick<TicketField, "id" | "required" | "archivedAt">>(
  fields: readonly F[],
  values: TicketFieldValues,
): F[] {
  return fields.filter((field) => field.required && !field.archivedAt && values[field.id] === undefined);
}

function valueOf({ type, choices }: TicketField): z.ZodType<Value | null> {
  switch (type) {
    case "number":
      return readAs("invalid_number", (given) => (typeof given === "string" ? numberIn(given) : given));
    case "date":
      return readAs("invalid_date", (given) => dayIn(String(given)));
    case "choice":
      return readAs("not_a_choice", (given) => choices.find((choice) => choice === given));
    case "yes_no":
      return readAs("not_a_choice", (given) => yesNo.get(given));
    default:
      return readAs("too_long", (given) => (String(given).length <= mostLetters ? String(given) : undefined));
  }
}

const mostLetters = 1_000;
const yesNo = new Map<unknown, boolean>([
  ["yes", true],
  ["no", false],
  [true, true],
  [false, false],
]);

/** What `read` understands of a value; null for none and for an empty text. */
function readAs(reason: string, read: (given: Value) => Value | undefined): z.ZodType<Value | null> {
  return z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((given, context) => {
    const one = typeof given === "string" ? given.trim() : given;
    if (one === null || one === "") return null;
    const value = read(one);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message: reason });
    return z.NEVER;
  });
}

/** With a comma or a point, and spaces between thousands. */
function numberIn(text: string): number | undefined {
  const value = Number(text.replace(/[\s\u00a0\u202f]/g, "").replace(",", "."));
  return Number.isFinite(value) ? value : undefined;
}

function dayIn(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text ? undefined : text;
}
