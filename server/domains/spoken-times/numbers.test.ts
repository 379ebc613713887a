import { expect, test } from "vitest";
import { frenchCount, frenchFigures } from "./french-numbers.ts";
import { englishFigures } from "./english-numbers.ts";
import { readSpokenBudget, readSpokenPhone } from "./index.ts";
import { plainWords } from "./words.ts";

test.each([
  ["soixante-dix", "70"],
  ["soixante et onze", "71"],
  ["quatre-vingts", "80"],
  ["quatre-vingt-dix-sept", "97"],
  ["quatre-vingt-un", "81"],
  ["septante-deux", "72"],
  ["vingt et un", "21"],
  ["deux cent cinquante mille", "250000"],
  ["mille deux cents", "1200"],
  ["un million deux cent mille", "1200000"],
  ["quatorze heures trente", "14 heures 30"],
  ["un rendez-vous à deux heures", "un rendez vous a 2 heures"],
])("« %s » is %s", (said, figures) => {
  expect(frenchFigures(plainWords(said))).toBe(figures);
});

test.each([
  ["two hundred and fifty thousand", "250000"],
  ["one million two hundred thousand", "1200000"],
  ["twenty-five past two", "25 past 2"],
  ["the twenty-first of May", "the 21 th of may"],
  ["nineteen thirty", "19 30"],
])('"%s" is %s', (said, figures) => {
  expect(englishFigures(plainWords(said))).toBe(figures);
});

test("minutes are said as they are read", () => {
  for (let value = 2; value < 60; value++) expect(frenchFigures(plainWords(frenchCount(value)))).toBe(String(value));
});

test.each([
  ["zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", "fr", "0639981234"],
  ["06 39 98 12 34", "fr", "0639981234"],
  ["plus trente-trois six trente-neuf quatre-vingt-dix-huit soixante-douze zéro un", "fr", "+33639987201"],
  ["zéro un quatre-vingt-dix-neuf zéro zéro un un zéro deux", "fr", "0199001102"],
  ["oh two oh, seven nine four six, double five, triple one", "en", "020794655111"],
  ["+44 20 7946 0958", "en", "+442079460958"],
  ["je ne sais pas", "fr", null],
  ["12", "fr", null],
] as const)("the phone %s", (said, language, digits) => {
  expect(readSpokenPhone(said, language)).toBe(digits);
});

const euros = (min: number | null, max: number | null) => ({
  minCents: min === null ? null : min * 100,
  maxCents: max === null ? null : max * 100,
});
test.each([
  ["deux cent cinquante mille", "fr", euros(null, 250_000)],
  ["deux cent cinquante mille euros maximum", "fr", euros(null, 250_000)],
  ["250k", "en", euros(null, 250_000)],
  ["250 000 €", "fr", euros(null, 250_000)],
  ["$250,000", "en", euros(null, 250_000)],
  ["1,5 million", "fr", euros(null, 1_500_000)],
  ["entre deux cents et deux cent cinquante mille", "fr", euros(200_000, 250_000)],
  ["between 200 and 250k", "en", euros(200_000, 250_000)],
  ["au moins 90 000", "fr", euros(90_000, null)],
  ["at least ninety thousand", "en", euros(90_000, null)],
  ["150,50", "fr", euros(null, 150.5)],
  ["je ne sais pas", "fr", null],
] as const)("the budget %s", (said, language, budget) => {
  expect(readSpokenBudget(said, language)).toEqual(budget);
});
