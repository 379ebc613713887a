import { describe, expect, test } from "vitest";
import { readSpokenTime } from "./read-time.ts";
import { inZone } from "./say-time.ts";

/** Sunday. */
const now = new Date("2026-11-22T09:00:00Z");
const paris = { zone: "Europe/Paris", now };
const read = (said: string, language: "fr" | "en", more: Partial<typeof paris> = {}) => {
  const speaking = { ...paris, ...more, language };
  const wall = (at: Date) => inZone(at, speaking.zone).toPlainDateTime().toString({ smallestUnit: "minute" });
  const time = readSpokenTime(said, speaking);
  if (time.kind === "unclear") return `? ${time.ask}`;
  return time.kind === "time" ? wall(time.at) : `${wall(time.from)} – ${wall(time.until)}`;
};

test.each([
  ["mardi prochain à quatorze heures trente", "2026-11-24T14:30"],
  ["mardi à 14h30", "2026-11-24T14:30"],
  ["Mardi 24 novembre à quatorze heures trente.", "2026-11-24T14:30"],
  ["mardi 24 à 14 h", "2026-11-24T14:00"],
  ["demain à neuf heures et quart", "2026-11-23T09:15"],
  ["demain matin", "2026-11-23T06:00 – 2026-11-23T12:00"],
  ["après-demain dans l'après-midi", "2026-11-24T12:00 – 2026-11-24T18:00"],
  ["le 3 à midi et quart", "2026-12-03T12:15"],
  ["le premier décembre à midi", "2026-12-01T12:00"],
  ["le 1er décembre 2027 à dix heures moins le quart", "2027-12-01T09:45"],
  ["dans deux semaines", "2026-12-06T00:00 – 2026-12-07T00:00"],
  ["dans quinze jours à onze heures", "2026-12-06T11:00"],
  ["vendredi en huit à seize heures", "2026-12-04T16:00"],
  ["lundi en quinze", "2026-12-07T00:00 – 2026-12-08T00:00"],
  ["jeudi de la semaine prochaine vers dix heures", "2026-11-26T10:00"],
  ["la semaine prochaine", "2026-11-23T00:00 – 2026-11-30T00:00"],
  ["ce soir à huit heures", "2026-11-22T20:00"],
  ["demain à deux heures et demie", "2026-11-23T14:30"],
  ["demain à deux heures du matin", "2026-11-23T02:00"],
  ["demain à sept heures du soir", "2026-11-23T19:00"],
  ["demain à midi moins dix", "2026-11-23T11:50"],
  ["demain à vingt et une heures", "2026-11-23T21:00"],
  ["mercredi entre 14 et 16 heures", "2026-11-25T14:00 – 2026-11-25T16:00"],
  ["mercredi de 9h30 à 11h", "2026-11-25T09:30 – 2026-11-25T11:00"],
  ["jeudi après seize heures", "2026-11-26T16:00 – 2026-11-27T00:00"],
  ["jeudi avant onze heures", "2026-11-26T00:00 – 2026-11-26T11:00"],
  ["jeudi en fin de journée", "2026-11-26T16:00 – 2026-11-26T20:00"],
  ["24/11 à 9:05", "2026-11-24T09:05"],
  ["dans deux heures", "2026-11-22T12:00"],
  ["dans une demi-heure", "2026-11-22T10:30"],
  ["pourquoi pas mardi à 15 h ?", "2026-11-24T15:00"],
  ["Je voudrais venir mardi, à quinze heures, s'il vous plaît", "2026-11-24T15:00"],
  ["ce week-end", "2026-11-22T00:00 – 2026-11-23T00:00"],
  ["le mois prochain", "2026-12-01T00:00 – 2027-01-01T00:00"],
  ["2026-11-24T14:30", "2026-11-24T14:30"],
  ["2026-11-24 14:30:00", "2026-11-24T14:30"],
  ["2026-11-24T13:30:00Z", "2026-11-24T14:30"],
  ["2026-11-24", "2026-11-24T00:00 – 2026-11-25T00:00"],
  // Translated on its way by the model.
  ["next Thursday at 2:30 pm", "2026-11-26T14:30"],
])("« %s » is %s", (said, expected) => {
  expect(read(said, "fr")).toBe(expected);
});

test.each([
  ["next Tuesday at half past two", "2026-11-24T14:30"],
  ["Tuesday, November 24 at 2:30 pm", "2026-11-24T14:30"],
  ["the day after tomorrow in the morning", "2026-11-24T06:00 – 2026-11-24T12:00"],
  ["tomorrow at noon", "2026-11-23T12:00"],
  ["the third of December at a quarter to ten", "2026-12-03T09:45"],
  ["the 3rd at eleven", "2026-12-03T11:00"],
  ["December 21st at twenty past four", "2026-12-21T16:20"],
  ["Friday week at ten o'clock", "2026-12-04T10:00"],
  ["a week from Friday at 10 am", "2026-12-04T10:00"],
  ["in a fortnight", "2026-12-06T00:00 – 2026-12-07T00:00"],
  ["in three days at two oh five pm", "2026-11-25T14:05"],
  ["tonight at eight", "2026-11-22T20:00"],
  ["tomorrow at seven in the evening", "2026-11-23T19:00"],
  ["tomorrow at seven a.m.", "2026-11-23T07:00"],
  ["Wednesday between 2 and 4 pm", "2026-11-25T14:00 – 2026-11-25T16:00"],
  ["Wednesday from 2 to 4", "2026-11-25T14:00 – 2026-11-25T16:00"],
  ["Thursday after four", "2026-11-26T16:00 – 2026-11-27T00:00"],
  ["Thursday before 11 am", "2026-11-26T00:00 – 2026-11-26T11:00"],
  ["tomorrow afternoon", "2026-11-23T12:00 – 2026-11-23T18:00"],
  ["next week", "2026-11-23T00:00 – 2026-11-30T00:00"],
  ["tomorrow two thirty", "2026-11-23T14:30"],
  ["12/24 at 3pm", "2026-12-24T15:00"],
  ["in half an hour", "2026-11-22T10:30"],
  ["mardi prochain à 14 heures", "2026-11-24T14:00"],
])('"%s" is %s', (said, expected) => {
  expect(read(said, "en")).toBe(expected);
});

describe("asks back instead of guessing", () => {
  const monday = new Date("2026-11-23T09:00:00Z");
  test.each([
    ["mardi prochain à 14 h", monday, "? Voulez-vous dire mardi 24 novembre ou mardi 1er décembre ?"],
    ["lundi à 14 h", monday, "? Voulez-vous dire lundi 23 novembre ou lundi 30 novembre ?"],
    ["mardi ou mercredi à 14 h", now, "? Pouvez-vous me donner un seul jour et une seule heure ?"],
    ["mardi à 14 h ou à 15 h", now, "? Pouvez-vous me donner un seul jour et une seule heure ?"],
    ["pas mardi", now, "? Pouvez-vous me donner un seul jour et une seule heure ?"],
    ["à 14 heures", now, "? Quel jour ?"],
    ["la semaine prochaine à 14 heures", now, "? Quel jour ?"],
    ["demain à sept heures", now, "? Le matin ou le soir ?"],
    ["mardi 25 novembre à midi", now, expect.stringMatching(/ne vont pas ensemble.*mercredi 25 novembre ou mardi 24/)],
    ["le 31 février", now, "? Cette date n'existe pas. Quel jour voulez-vous ?"],
    ["2026-02-31", now, "? Cette date n'existe pas. Quel jour voulez-vous ?"],
    ["aujourd'hui à neuf heures", now, expect.stringMatching(/déjà passé/)],
    ["demain à vingt-cinq heures", now, expect.stringMatching(/^\? Pouvez-vous/)],
    ["dimanche 28 mars à deux heures trente du matin", now, expect.stringMatching(/n'existe pas ce jour-là/)],
    ["dès que possible", now, "? Quel jour et à quelle heure ?"],
    ["", now, "? Quel jour et à quelle heure ?"],
  ])("« %s »", (said, at, expected) => {
    expect(read(said, "fr", { now: at })).toEqual(expected);
  });

  test.each([
    ["next Wednesday at 3 pm", monday, "? Do you mean Wednesday, November 25 or Wednesday, December 2?"],
    ["4/5 at 3 pm", now, "? Do you mean Monday, April 5 or Tuesday, May 4?"],
    ["tomorrow at seven", now, "? In the morning or in the evening?"],
    ["Sunday, October 31 2027 at 2:30 am", now, expect.stringMatching(/before or after the clocks change/)],
  ])('"%s"', (said, at, expected) => {
    expect(read(said, "en", { now: at })).toEqual(expected);
  });

  test("an hour that comes twice is found by which of the two", () => {
    const at = (said: string) => readSpokenTime(said, { ...paris, language: "fr" });
    const said = "dimanche 31 octobre 2027 à deux heures trente du matin,";
    expect(at(`${said} avant le changement d'heure`)).toEqual({ kind: "time", at: new Date("2027-10-31T00:30:00Z") });
    expect(at(`${said} après le changement d'heure`)).toEqual({ kind: "time", at: new Date("2027-10-31T01:30:00Z") });
  });
});
