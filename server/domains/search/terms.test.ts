import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markTerms, termsOf, written } from "./terms.ts";

describe("terms", () => {
  test.each([
    ["Élan  cassé", ["elan", "casse*"]],
    ["l’œuf", ["l", "oeuf*"]],
    ["#1042", ["1042"]],
    ["a b c d e f g h i j", ["a", "b", "c", "d", "e", "f", "g", "h*"]],
    ["!? …", []],
  ])("%s is looked for as %j", (query, terms) => {
    expect(termsOf(query).map(written)).toEqual(terms);
  });
});

describe("marking", () => {
  test("shows the text around the first hit, begun and ended between words", () => {
    const text = `${"avant ".repeat(40)}la Lampe est là ${"après ".repeat(60)}`;
    const segments = markTerms(text, termsOf("lampe"));
    expect(segments.filter(({ hit }) => hit)).toEqual([{ text: "Lampe", hit: true }]);
    expect(segments[0]).toEqual({ text: "… ", hit: false });
    expect(segments.at(-1)).toEqual({ text: " …", hit: false });
    expect(segments[1]!.text.startsWith("avant")).toBe(true);
  });

  test("adds nothing to a text and takes nothing away, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 150 }), fc.string({ maxLength: 20 }), (text, query) => {
        const line = text.replaceAll(/\s+/g, " ").trim();
        const joined = markTerms(text, termsOf(query))
          .map((segment) => segment.text)
          .join("");
        const shown = joined.replace(/^… /, "").replace(/ …$/, "");
        expect(line.includes(shown) || line === joined).toBe(true);
      }),
    );
  });
});
