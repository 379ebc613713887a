import { expect, it } from "vitest";
import { typeset } from "./typeset.ts";

it("binds French marks to the word before them, and leaves English alone", () => {
  const words = { asked: "Supprimer « Accueil » ? Effet : aucun ; vraiment !", plain: "Rien à lier, ici." };
  expect(typeset("fr", words)).toEqual({
    asked: "Supprimer «\u00a0Accueil\u00a0»\u202f? Effet\u00a0: aucun\u202f; vraiment\u202f!",
    plain: "Rien à lier, ici.",
  });
  expect(typeset("en", words)).toBe(words);
});
