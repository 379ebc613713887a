import type { NotificationKind } from "./kinds.ts";
import type { NotificationSubject } from "./subject.ts";

interface Happened {
  kind: NotificationKind;
  subject: NotificationSubject;
  subjectId: string;
  number: number | null;
  title: string | null;
  actor: string | null;
}

type Words = Record<NotificationKind, (who: string) => string> & {
  program: string;
  conversation: (name: string) => string;
  ticket: (number: number, subject: string) => string;
  prospect: (name: string) => string;
  gone: string;
};

const fr: Words = {
  mentioned: (who) => `${who} vous a mentionné`,
  assigned: (who) => `${who} vous a confié du travail`,
  answered: () => "Un client a répondu",
  ticket_changed: (who) => `${who} a modifié un ticket que vous suivez`,
  deadline_missed: () => "Un délai promis est dépassé",
  rule: () => "Une règle vous signale",
  low_score: () => "Un client n’est pas satisfait",
  follow_up_due: () => "Un prospect est à relancer",
  program: "Guichet",
  conversation: (name) => `Conversation avec ${name}`,
  ticket: (number, subject) => `Ticket n° ${number} · ${subject}`,
  prospect: (name) => `Prospect : ${name}`,
  gone: "N’existe plus",
};

const en: Words = {
  mentioned: (who) => `${who} mentioned you`,
  assigned: (who) => `${who} gave you work`,
  answered: () => "A customer answered",
  ticket_changed: (who) => `${who} changed a ticket that you follow`,
  deadline_missed: () => "A promised deadline was missed",
  rule: () => "A rule calls you to",
  low_score: () => "A customer is not satisfied",
  follow_up_due: () => "It is time to follow up a prospect",
  program: "Guichet",
  conversation: (name) => `Conversation with ${name}`,
  ticket: (number, subject) => `Ticket no. ${number} · ${subject}`,
  prospect: (name) => `Prospect: ${name}`,
  gone: "No longer exists",
};

/** What happened and where, in a member's language: for devices and mails. No word of a customer but their name. */
export function wordNotification(locale: "fr" | "en", one: Happened): { title: string; body: string } {
  const words = locale === "en" ? en : fr;
  const body = one.title === null ? words.gone : aboutIn(words, one, one.title);
  return { title: words[one.kind](one.actor ?? words.program), body };
}

function aboutIn(words: Words, { subject, number }: Happened, title: string): string {
  return subject === "ticket" ? words.ticket(number ?? 0, title) : words[subject](title);
}

/** Where it is, below the tenant's address. */
export function pathOf({ subject, subjectId, number }: Happened): string {
  if (subject === "ticket") return `tickets/${number ?? ""}`;
  return subject === "prospect" ? `prospects/${subjectId}` : `inbox/${subjectId}`;
}
