import type { NotificationKind } from "./kinds.ts";

interface Happened {
  kind: NotificationKind;
  subject: "conversation" | "ticket";
  subjectId: string;
  number: number | null;
  title: string | null;
  actor: string | null;
}

type Words = Record<NotificationKind, (who: string) => string> & {
  program: string;
  conversation: (name: string) => string;
  ticket: (number: number, subject: string) => string;
  gone: string;
};

const fr: Words = {
  mentioned: (who) => `${who} vous a mentionné`,
  assigned: (who) => `${who} vous a confié du travail`,
  answered: () => "Un client a répondu",
  ticket_changed: (who) => `${who} a modifié un ticket que vous suivez`,
  deadline_missed: () => "Un délai promis est dépassé",
  program: "Guichet",
  conversation: (name) => `Conversation avec ${name}`,
  ticket: (number, subject) => `Ticket n° ${number} · ${subject}`,
  gone: "N’existe plus",
};

const en: Words = {
  mentioned: (who) => `${who} mentioned you`,
  assigned: (who) => `${who} gave you work`,
  answered: () => "A customer answered",
  ticket_changed: (who) => `${who} changed a ticket that you follow`,
  deadline_missed: () => "A promised deadline was missed",
  program: "Guichet",
  conversation: (name) => `Conversation with ${name}`,
  ticket: (number, subject) => `Ticket no. ${number} · ${subject}`,
  gone: "No longer exists",
};

/** What happened and where, in a member's language: for devices and mails. No word of a customer but their name. */
export function wordNotification(locale: "fr" | "en", one: Happened): { title: string; body: string } {
  const words = locale === "en" ? en : fr;
  const body =
    one.title === null
      ? words.gone
      : one.subject === "ticket"
        ? words.ticket(one.number ?? 0, one.title)
        : words.conversation(one.title);
  return { title: words[one.kind](one.actor ?? words.program), body };
}

/** Where it is, below the tenant's address. */
export function pathOf({ subject, subjectId, number }: Happened): string {
  return subject === "ticket" ? `tickets/${number ?? ""}` : `inbox/${subjectId}`;
}
