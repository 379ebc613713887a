import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { piecesOf, toggleMark } from "./marks.ts";

describe("WhatsApp's marks", () => {
  it.each([
    ["un *prix* net", ["un ", "bold:prix", " net"]],
    ["_doux_ et ~cher~", ["italic:doux", " et ", "strike:cher"]],
    ["*gras avec _italique_ dedans*", ["bold:gras avec _italique_ dedans"]],
    ["2*3*4 = 24, a_b_c", ["2*3*4 = 24, a_b_c"]],
    ["* liste\n* suite *", ["* liste\n* suite *"]],
    ["*é*!", ["bold:é", "!"]],
    ["", [""]],
  ])("%s", (text, expected) =>
    expect(piecesOf(text).map(({ mark, text: part }) => (mark ? `${mark}:${part}` : part))).toEqual(expected),
  );

  it("lose no letter of a text", () => {
    const text = fc.string({ unit: fc.constantFrom("*", "_", "~", " ", "a", "é", "\n", "1") });
    fc.assert(
      fc.property(text, (said) => {
        const again = piecesOf(said).map(({ mark, text: part }) => {
          const sign = mark === "bold" ? "*" : mark === "italic" ? "_" : mark === "strike" ? "~" : "";
          return sign + part + sign;
        });
        expect(again.join("")).toBe(said);
      }),
    );
  });

  it("are put around words and taken away again", () => {
    const bold = toggleMark("un prix net", [2, 8], "bold");
    expect(bold).toEqual({ text: "un *prix* net", at: [4, 8] });
    expect(toggleMark(bold.text, bold.at, "bold")).toEqual({ text: "un prix net", at: [3, 7] });
    expect(toggleMark("oui ", [4, 4], "italic")).toEqual({ text: "oui __", at: [5, 5] });
  });
});
