import { expect, test } from "vitest";
import { foldQuoted } from "./fold-quoted.ts";

const quote = "> Notre atelier est ouvert.\n> À bientôt";

test.each([
  ["French", `Merci !\n\nLe sam. 21 nov. 2026 à 09:12, Atelier <bonjour@atelier.example> a écrit :\n\n${quote}`],
  ["English", `Merci !\n\nOn Sat, 21 Nov 2026 at 09:12, Atelier <bonjour@atelier.example> wrote:\n${quote}`],
  [
    "an attribution over two lines",
    `Merci !\n\nOn Sat, 21 Nov 2026 at 09:12, Atelier\n<bonjour@atelier.example> wrote:\n${quote}`,
  ],
  ["German", `Merci !\n\nAm 21.11.2026 um 09:12 schrieb Atelier:\n${quote}`],
  ["quotes alone", `Merci !\n\n${quote}`],
  [
    "Outlook",
    "Merci !\n\n________________________________\nDe : Atelier <bonjour@atelier.example>\nEnvoyé : samedi 21 novembre 2026 09:12\nÀ : Camille\nObjet : Abat-jour\n\nNotre atelier est ouvert.",
  ],
  ["a divider", "Merci !\n\n-----Message d'origine-----\nNotre atelier est ouvert."],
])("what is quoted is folded: %s", (_, source) => {
  const folded = foldQuoted(source);
  expect(folded.text).toBe("Merci !");
  expect(folded.quoted).toContain("Notre atelier est ouvert.");
});

test("answers between quoted lines stay where they answer", () => {
  const source = "> Quelle couleur ?\nBleu.\n> Pour quand ?\nMardi.";
  expect(foldQuoted(source)).toEqual({ text: source, quoted: null, signature: null });
});

test("what is forwarded is the message, and stays whole", () => {
  const source =
    "Voyez ceci.\n\n---------- Forwarded message ---------\nDe : Atelier\nObjet : Abat-jour\n\nNotre atelier est ouvert.";
  expect(foldQuoted(source).text).toBe(source);
});

test.each(["--\nCamille\nRue des Lilas", "Envoyé de mon iPhone", "Sent from my iPhone"])(
  "a signature is folded: %s",
  (signature) => {
    expect(foldQuoted(`Merci !\n\n${signature}`)).toEqual({ text: "Merci !", quoted: null, signature });
  },
);

test("a mail that is nothing but a quotation or a signature is shown as it is", () => {
  expect(foldQuoted(quote)).toEqual({ text: quote, quoted: null, signature: null });
  expect(foldQuoted("-- \nCamille").text).toBe("--\nCamille");
});
