import { expect, test } from "vitest";
import { z } from "zod";
import { fieldReasons } from "./field-reasons.ts";

const input = z.object({
  name: z.string().min(1, "required"),
  voice: z.object({ greeting: z.string().max(3, "too_long"), forwardTo: z.string().min(1, "required") }),
});

test("a field within another is named by its path too", () => {
  const read = input.safeParse({ name: "", voice: { greeting: "Bonjour", forwardTo: "" } });
  expect(read.error && fieldReasons(read.error)).toEqual({
    name: ["required"],
    voice: ["too_long", "required"],
    "voice.greeting": ["too_long"],
    "voice.forwardTo": ["required"],
  });
});
