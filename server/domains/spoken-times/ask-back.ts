import type { DayQuestion } from "./day.ts";
import { sayDay, type Speaking } from "./say-time.ts";

/** What the voice asks where a time is not clear. */
export const questions = {
  when: { fr: "Quel jour et à quelle heure ?", en: "Which day, and at what time?" },
  whichDay: { fr: "Quel jour ?", en: "Which day?" },
  oneTime: {
    fr: "Pouvez-vous me donner un seul jour et une seule heure ?",
    en: "Could you give me one day and one time?",
  },
  morningOrEvening: { fr: "Le matin ou le soir ?", en: "In the morning or in the evening?" },
  over: {
    fr: "Ce moment est déjà passé. Quel autre jour vous conviendrait ?",
    en: "That time is already over. Which other day would suit you?",
  },
  skipped: {
    fr: "Cette heure n'existe pas ce jour-là : l'horloge avance d'une heure. Quelle autre heure vous conviendrait ?",
    en: "That hour does not exist on that day: the clocks go forward. Which other time would suit you?",
  },
  twice: {
    fr: "Cette heure existe deux fois cette nuit-là : avant ou après le changement d'heure ?",
    en: "That hour comes twice that night: before or after the clocks change?",
  },
  noSuchDate: {
    fr: "Cette date n'existe pas. Quel jour voulez-vous ?",
    en: "There is no such date. Which day would you like?",
  },
} as const;

/** Asks which day is meant, by naming both that could be. */
export function askWhichDay(question: DayQuestion, speaking: Speaking): string {
  const { language } = speaking;
  if (question.kind === "no_such_date") return questions.noSuchDate[language];
  const [first, second] = question.days.map((day) => sayDay(day, speaking));
  const or = language === "fr" ? `Voulez-vous dire ${first} ou ${second} ?` : `Do you mean ${first} or ${second}?`;
  if (question.kind === "which") return or;
  const differs =
    language === "fr" ? "Le jour et la date ne vont pas ensemble." : "That day and that date do not go together.";
  return `${differs} ${or}`;
}
