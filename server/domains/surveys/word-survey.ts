import type { SurveyChannelType } from "#db/schema/surveys.ts";

export type SurveyLanguage = "fr" | "en";

/** The language in which a customer is asked. */
export function languageOf(language: string): SurveyLanguage {
  return language.toLowerCase().startsWith("en") ? "en" : "fr";
}

const questions: Record<SurveyLanguage, string> = {
  fr: "Êtes-vous satisfait de notre réponse ?",
  en: "Are you happy with how we helped you?",
};

const scales: Record<SurveyLanguage, string> = {
  fr: "Répondez par un chiffre, de 1 (pas du tout) à 5 (tout à fait).",
  en: "Answer with a number, from 1 (not at all) to 5 (very).",
};
const shortScales: Record<SurveyLanguage, string> = {
  fr: "Répondez de 1 (non) à 5 (oui, très).",
  en: "Reply 1 (no) to 5 (very).",
};

/** What each score is called: in mails and on the page of a link. */
export const scoreNames: Record<SurveyLanguage, readonly string[]> = {
  fr: ["Pas du tout", "Plutôt non", "Moyen", "Plutôt oui", "Tout à fait"],
  en: ["Not at all", "Not really", "So-so", "Mostly", "Very"],
};

const clickOne: Record<SurveyLanguage, string> = {
  fr: "Choisissez une note ; vous la confirmerez sur la page qui s’ouvre.",
  en: "Choose a score; you confirm it on the page that opens.",
};

/** What the business asks, or the program in its place. */
export function questionIn(
  language: SurveyLanguage,
  own: { questionFr: string | null; questionEn: string | null } | null,
): string {
  return (language === "en" ? own?.questionEn : own?.questionFr) ?? questions[language];
}

/** The message as it stands in the thread. In a mail, the links follow when it leaves. */
export function wordSurvey(channelType: SurveyChannelType, language: SurveyLanguage, question: string): string {
  if (channelType === "email") return question;
  const scale = channelType === "sms" ? shortScales[language] : scales[language];
  return `${question}${channelType === "sms" ? " " : "\n"}${scale}`;
}

/** A mail that asks, with its five links. `address` is the page's; opening one records nothing. */
export function surveyMail(text: string, language: SurveyLanguage, address: string): { text: string; html: string } {
  const links = scoreNames[language].map((name, at) => ({
    score: at + 1,
    name,
    link: `${address}?score=${at + 1}`,
  }));
  const lines = links.toReversed().map(({ score, name, link }) => `${score} – ${name} : ${link}`);
  const cells = links.map(
    ({ score, name, link }) =>
      `<td style="padding:0 6px 0 0"><a href="${link}" title="${name}" style="display:inline-block;min-width:44px;padding:10px 0;border:1px solid #c4c7cf;border-radius:8px;text-align:center;text-decoration:none;font-size:18px;color:#1c2024;background:#ffffff">${score}</a></td>`,
  );
  const [worst, best] = [links[0]!, links.at(-1)!];
  return {
    text: `${text}\n\n${lines.join("\n")}\n\n${clickOne[language]}`,
    html: `<!doctype html><html lang="${language}"><body style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#1c2024"><p>${escaped(text).replaceAll("\n", "<br>")}</p><table role="presentation" cellpadding="0" cellspacing="0"><tr>${cells.join("")}</tr></table><p style="font-size:13px;color:#60646c">1 = ${worst.name} · 5 = ${best.name}<br>${clickOne[language]}</p></body></html>`,
  };
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign]!);
