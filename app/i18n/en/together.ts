import type { together as french } from "../fr/together.ts";
import type { Same } from "../translate.ts";

export const together: Same<typeof french> = {
  "presence.online": "online",
  "presence.away": "on a break",
  "presence.offline": "offline",
  absentUntil: "out until {{date}}",
  looking_one: "{{names}} is looking",
  looking_other: "{{names}} are looking",
  writing_one: "{{names}} is writing…",
  writing_other: "{{names}} are writing…",
  break: "Take a break",
  breakHint: "Nothing is assigned to you by itself.",
  onBreak: "You are on a break",
  comeBack: "Back to work",
  answered: "{{name}} answered {{when}}. Read that answer, or send anyway.",
  alsoWriting: "{{name}} is writing to the same customer.",
  read: "Read first",
  wait: "Wait",
  sendAnyway: "Send anyway",
  team: "Team",
  noTeam: "No team",
  toTeam: "Hand to a team",
};
