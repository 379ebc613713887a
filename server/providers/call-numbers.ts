import { z } from "zod";
import { canonicalPhone } from "#server/core/phones.ts";

/** A phone number as people write it, or nothing; kept as E.164. */
export const optionalNumber = z
  .string()
  .trim()
  .default("")
  .transform((written) => (written === "" ? "" : (canonicalPhone(written) ?? "?")))
  .pipe(z.string().regex(/^$|^\+/));

/** Several numbers between commas or semicolons, or none; kept as E.164 between commas. */
export const numberList = z
  .string()
  .trim()
  .max(1_000)
  .default("")
  .transform((written) =>
    written
      .split(/[,;\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== "")
      .map((one) => canonicalPhone(one) ?? "?")
      .join(","),
  )
  .pipe(z.string().regex(/^$|^\+\d+(,\+\d+)*$/));

/** The numbers of such a list. */
export function numbersIn(list: string | undefined): string[] {
  return (list ?? "").split(",").filter((number) => number !== "");
}
