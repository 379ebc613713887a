import { z } from "zod";

/** A comma's worth of what is known, as addresses have it: `open,closed`. */
export const commaList = (known: readonly string[]) =>
  z.string().refine((value) => value.split(",").every((one) => known.includes(one)), "invalid");
