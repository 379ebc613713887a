import { describe, expect, it } from "vitest";

import { errorCodes } from "#server/core/errors.ts";

import { en } from "./en/index.ts";
import { fr } from "./fr/index.ts";
import type { Words } from "./translate.ts";

const areas = Object.keys(fr) as (keyof typeof fr)[];
const variables = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted();

describe("dictionaries", () => {
  it("have the same areas", () => {
    expect(Object.keys(en).toSorted()).toEqual(areas.toSorted());
  });

  it.each(areas)("%s has the same keys and variables in both languages, none empty", (area) => {
    const french: Words = fr[area];
    const english: Words = en[area];
    expect(Object.keys(english).toSorted()).toEqual(Object.keys(french).toSorted());
    for (const [key, text] of Object.entries(french)) {
      expect(text.trim(), `fr ${area}.${key}`).not.toBe("");
      expect(english[key]?.trim(), `en ${area}.${key}`).not.toBe("");
      expect(variables(english[key] ?? ""), `en ${area}.${key}`).toEqual(variables(text));
      for (const words of [text, english[key] ?? ""]) {
        expect(words.replaceAll(/\{\{\w+\}\}/g, ""), `${area}.${key}: braces fill nothing`).not.toMatch(/\{\w+\}/);
      }
    }
  });

  it.each(areas)("%s has both forms of each plural", (area) => {
    const keys = Object.keys(fr[area]);
    for (const key of keys) {
      if (key.endsWith("_one")) expect(keys).toContain(key.replace(/_one$/, "_other"));
      if (key.endsWith("_other")) expect(keys).toContain(key.replace(/_other$/, "_one"));
    }
  });

  it("have words for every error code", () => {
    for (const code of errorCodes) expect(fr.errors).toHaveProperty(code);
  });
});
