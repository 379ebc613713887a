import type { DayRule } from "./day.ts";
import { calendarDate, coming, dayOfMonth, inDays, inWeekOf, oneDay, weekdayAlone, weekOf } from "./day.ts";
import { frenchMonths, frenchWeekdays } from "./french-words.ts";
import { plainWords } from "./words.ts";

const months = frenchMonths.map(plainWords);
const W = `(${frenchWeekdays.join("|")})`;
const M = `(${months.join("|")})`;
/** A day of the month, and no hour. */
const D = "(\\d{1,2})(?: er)?(?! ?(?:heures?|h)\\b|:)";
const rule = (pattern: string, day: DayRule["day"]): DayRule => ({ pattern: new RegExp(`\\b${pattern}\\b`), day });
const weekday = (name: string | undefined) => frenchWeekdays.indexOf(name ?? "") + 1;
const said = (name: string | undefined) => (name === undefined ? {} : { weekday: weekday(name) });
const count = (words: string | undefined) => (/^une?$/.test(words ?? "") ? 1 : Number(words));
/** « En huit », « dans quinze jours »: one and two weeks, both ends counted. */
const rounded = (days: number) => (days === 8 || days === 15 ? days - 1 : days);

/** How French names days, the most exact first. */
export const frenchDays: readonly DayRule[] = [
  rule(`(?:${W} )?(?:le )?${D} ${M}(?: (?:de )?(\\d{4}))?`, ([, name, day, month, year], today) =>
    calendarDate(today, {
      day: Number(day),
      month: months.indexOf(month!) + 1,
      ...(year === undefined ? {} : { year: Number(year) }),
      ...said(name),
    }),
  ),
  rule(`(?:${W} )?(?:le )?(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}))?`, ([, name, day, month, year], today) =>
    calendarDate(today, {
      day: Number(day),
      month: Number(month),
      ...(year === undefined ? {} : { year: Number(year) }),
      ...said(name),
    }),
  ),
  rule(`${W} (?:prochain )?en (8|15)`, ([, name, days], today) =>
    inDays(coming(today, weekday(name)), rounded(Number(days))),
  ),
  rule("(demain|aujourd hui) en (8|15)", ([, name, days], today) =>
    inDays(today, rounded(Number(days)) + (name === "demain" ? 1 : 0)),
  ),
  rule(`${W} (?:de )?(?:la )?semaine prochaine`, ([, name], today) => inWeekOf(today.add({ days: 7 }), weekday(name))),
  rule(`semaine prochaine (?:le )?${W}`, ([, name], today) => inWeekOf(today.add({ days: 7 }), weekday(name))),
  rule(`${W} dans (\\d{1,2}|une) semaines?`, ([, name, weeks], today) =>
    inWeekOf(today.add({ days: 7 * count(weeks) }), weekday(name)),
  ),
  rule(`${W} prochain`, ([, name], today) => {
    const next = coming(today, weekday(name));
    // The day after today is « demain »: who says « prochain » of it may mean the one after.
    const isTomorrow = next.equals(today.add({ days: 1 }));
    return isTomorrow ? { ask: { kind: "which", days: [next, next.add({ days: 7 })] } } : oneDay(next);
  }),
  rule(`(?:ce )?${W} qui vient`, ([, name], today) => oneDay(coming(today, weekday(name)))),
  rule(`ce ${W}`, ([, name], today) => weekdayAlone(today, weekday(name))),
  rule("(?:apres demain|surlendemain)", (_, today) => inDays(today, 2)),
  rule("demain", (_, today) => inDays(today, 1)),
  rule("(?:aujourd hui|ce(?= matin| midi| soir)|cet(?= apres midi))", (_, today) => inDays(today, 0)),
  rule("(?:dans )?(?:une )?quinzaine(?: de jours)?", (_, today) => inDays(today, 14)),
  rule("(?:dans )?(?:une )?huitaine(?: de jours)?", (_, today) => inDays(today, 7)),
  rule("dans (\\d{1,3}|une?) (jours?|semaines?|mois)", ([, number, unit], today) => {
    const many = count(number);
    if (unit === "mois") return oneDay(today.add({ months: many }));
    return inDays(today, unit!.startsWith("jour") ? rounded(many) : 7 * many);
  }),
  rule("(?:la )?semaine prochaine", (_, today) => ({ from: weekOf(today).add({ days: 7 }), days: 7 })),
  rule("cette semaine", (_, today) => ({ from: today, days: 8 - today.dayOfWeek })),
  rule("(?:ce |le )?week end(?: prochain)?", (_, today) => ({
    from: today.dayOfWeek >= 6 ? today : coming(today, 6),
    days: today.dayOfWeek === 7 ? 1 : 2,
  })),
  rule("(?:le )?mois prochain", (_, today) => {
    const month = today.toPlainYearMonth().add({ months: 1 });
    return { from: month.toPlainDate({ day: 1 }), days: month.daysInMonth };
  }),
  rule(`${W} (?:le )?${D}`, ([, name, day], today) => dayOfMonth(today, Number(day), weekday(name))),
  rule(`le ${D}`, ([, day], today) => dayOfMonth(today, Number(day))),
  rule(W, ([, name], today) => weekdayAlone(today, weekday(name))),
];
