import type { appointmentAnswers } from "#db/schema/appointment-messages.ts";

export type AppointmentAnswer = (typeof appointmentAnswers)[number];

const longest = 40;
const comes = /^(?:1\uFE0F?\u20E3?|oui|yes|ok)$/u;
const moves = /^2\uFE0F?\u20E3?$/u;

/** Reads `1`, `oui`, `yes` or `2` alone, whatever the signs around them; null for anything else, `1 pm` and `non` among it. */
export function readAnswer(text: string): AppointmentAnswer | null {
  if (text.length > longest) return null;
  const said = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^[\s("«]+|[\s.,;!)"»]+$/gu, "");
  return comes.test(said) ? "confirmed" : moves.test(said) ? "move" : null;
}
