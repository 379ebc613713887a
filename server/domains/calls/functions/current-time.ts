import { z } from "zod";
import { defineCallFunction } from "./define-call-function.ts";

/** The time on the counter's wall, in words. */
export const currentTime = defineCallFunction({
  name: "current_time",
  description: "Says what day and time it is at the business. Call it when the caller asks for the time or the date.",
  parameters: z.object({}),
  run: async (ctx, { timezone, language }) => spokenTime(ctx.clock.now(), timezone, language),
});

/** « Il est 10 heures 05, samedi 21 novembre. » */
export function spokenTime(instant: Date, timezone: string, language: "fr" | "en"): string {
  const part = (locale: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: timezone, ...options }).format(instant);
  const day = part(language === "fr" ? "fr-FR" : "en-GB", { weekday: "long", day: "numeric", month: "long" });
  if (language === "en") {
    const time = part("en-US", { hour: "numeric", minute: "2-digit" }).replace(/\s/g, " ");
    return `It is ${time}, ${day}.`;
  }
  const [hour, minute] = part("fr-FR", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .split(/\D+/)
    .map(Number) as [number, number];
  const named = hour === 0 ? "minuit" : hour === 12 ? "midi" : `${hour} ${hour === 1 ? "heure" : "heures"}`;
  return `Il est ${named}${minute === 0 ? "" : ` ${String(minute).padStart(2, "0")}`}, ${day}.`;
}
