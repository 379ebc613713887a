import type { MessageValues, WordedKind } from "./message-kinds.ts";

export type MessageLanguage = "fr" | "en";

/** The language in which a customer is written to. */
export function languageOf(language: string): MessageLanguage {
  return language.toLowerCase().startsWith("en") ? "en" : "fr";
}

const words: Record<MessageLanguage, Record<WordedKind | "move_link", string>> = {
  fr: {
    confirmation:
      "{{business.name}} : bonjour {{customer.first_name}}, votre rendez-vous « {{service}} » est noté pour {{date}} à {{time}}, avec {{member}}.\nLieu : {{place}}\nPour le déplacer ou l’annuler : {{link}}",
    change:
      "{{business.name}} : votre rendez-vous « {{service}} » a maintenant lieu {{date}} à {{time}}, avec {{member}}.\nLieu : {{place}}\nPour le déplacer ou l’annuler : {{link}}",
    reminder_24h:
      "{{business.name}} : rappel de votre rendez-vous « {{service}} », {{date}} à {{time}}, avec {{member}}.\nLieu : {{place}}\nPour le déplacer ou l’annuler : {{link}}",
    reminder_1h:
      "{{business.name}} : à tout à l’heure, {{time}}, pour « {{service}} » avec {{member}}.\nLieu : {{place}}",
    cancellation:
      "{{business.name}} : votre rendez-vous « {{service}} » de {{date}} à {{time}} est annulé. Pour en choisir un autre, répondez à ce message.",
    no_show:
      "{{business.name}} : nous ne vous avons pas vu {{date}} à {{time}}. Voulez-vous un autre rendez-vous ? Répondez à ce message, nous vous en proposerons un.",
    waitlist_offer:
      "{{business.name}} : une place s’est libérée pour « {{service}} », {{date}} à {{time}}, avec {{member}}. Elle vous est gardée un court moment. Pour la prendre : {{link}}",
    move_link: "{{business.name}} : choisissez une autre heure ici, ou annulez : {{link}}",
  },
  en: {
    confirmation:
      "{{business.name}}: hello {{customer.first_name}}, your appointment “{{service}}” is booked for {{date}} at {{time}} with {{member}}.\nWhere: {{place}}\nTo move or cancel it: {{link}}",
    change:
      "{{business.name}}: your appointment “{{service}}” is now on {{date}} at {{time}} with {{member}}.\nWhere: {{place}}\nTo move or cancel it: {{link}}",
    reminder_24h:
      "{{business.name}}: a reminder of your appointment “{{service}}” on {{date}} at {{time}} with {{member}}.\nWhere: {{place}}\nTo move or cancel it: {{link}}",
    reminder_1h: "{{business.name}}: see you soon, at {{time}}, for “{{service}}” with {{member}}.\nWhere: {{place}}",
    cancellation:
      "{{business.name}}: your appointment “{{service}}” on {{date}} at {{time}} is cancelled. To choose another time, answer this message.",
    no_show:
      "{{business.name}}: we missed you on {{date}} at {{time}}. Would you like another appointment? Answer this message and we will suggest one.",
    waitlist_offer:
      "{{business.name}}: a time has become free for “{{service}}”, on {{date}} at {{time}} with {{member}}. It is kept for you for a short while. To take it: {{link}}",
    move_link: "{{business.name}}: choose another time here, or cancel: {{link}}",
  },
};

const answerLine: Record<MessageLanguage, string> = {
  fr: "Répondez 1 pour confirmer, 2 pour changer d’heure.",
  en: "Reply 1 to confirm, 2 to change the time.",
};

const subjects: Record<MessageLanguage, (business: string) => string> = {
  fr: (business) => `Votre rendez-vous, ${business}`,
  en: (business) => `Your appointment, ${business}`,
};

/** A business's own words; null or none: the program's. */
export interface OwnWords {
  textFr: string | null;
  textEn: string | null;
}

/** What is said before anything is filled in. */
export function textIn(language: MessageLanguage, kind: WordedKind | "move_link", own: OwnWords | null): string {
  return (language === "en" ? own?.textEn : own?.textFr) ?? words[language][kind];
}

/** The line under a message that is answered with one character. */
export const answerLineIn = (language: MessageLanguage): string => answerLine[language];

/** What a mail about appointments is called. */
export const subjectIn = (language: MessageLanguage, business: string): string => subjects[language](business);

const variable = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Fills a text in. A line whose only variable has nothing to say is left out: a place that nobody named, say. */
export function fillMessage(text: string, values: MessageValues): string {
  const known = values as Readonly<Record<string, string>>;
  return text
    .split("\n")
    .filter((line) => {
      const names = [...line.matchAll(variable)].map(([, name]) => name!);
      return names.length !== 1 || known[names[0]!] !== "";
    })
    .map((line) => line.replace(variable, (whole, name: string) => known[name] ?? whole))
    .join("\n");
}
