import type { DayRule, SpokenDays } from "./day.ts";
import { calendarDate, coming, dayOfMonth, inDays, inWeekOf, oneDay, weekdayAlone, weekOf } from "./day.ts";
import { englishMonths, englishWeekdays } from "./english-words.ts";

const weekdays = englishWeekdays.map((name) => name.toLowerCase());
const months = englishMonths.map((name) => name.toLowerCase());
const W = `(${weekdays.join("|")})`;
const M = `(${months.join("|")}|${months.map((name) => name.slice(0, 3)).join("|")}|sept)`;
const th = "(?: (?:st|nd|rd|th))";
const rule = (pattern: string, day: DayRule["day"]): DayRule => ({ pattern: new RegExp(`\\b${pattern}\\b`), day });
const weekday = (name: string | undefined) => weekdays.indexOf(name ?? "") + 1;
const month = (name: string | undefined) => months.findIndex((one) => one.startsWith(name!.slice(0, 3))) + 1;
const count = (words: string | undefined) => (/^(?:an?|next)$/.test(words ?? "") ? 1 : Number(words));
const optional = (name: string | undefined, year: string | undefined) => ({
  ...(year === undefined ? {} : { year: Number(year) }),
  ...(name === undefined ? {} : { weekday: weekday(name) }),
});

/** How English names days, the most exact first. */
export const englishDays: readonly DayRule[] = [
  rule(`(?:${W} )?(?:the )?${M} (?:the )?(\\d{1,2})(?!:)${th}?(?: (\\d{4}))?`, ([, name, named, day, year], today) =>
    calendarDate(today, { day: Number(day), month: month(named), ...optional(name, year) }),
  ),
  rule(`(?:${W} )?(?:the )?(\\d{1,2})${th}? (?:of )?${M}(?: (\\d{4}))?`, ([, name, day, named, year], today) =>
    calendarDate(today, { day: Number(day), month: month(named), ...optional(name, year) }),
  ),
  rule(`(?:${W} )?(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}))?`, ([, name, first, second, year], today) =>
    figures(today, Number(first), Number(second), optional(name, year)),
  ),
  rule(`(?:a week (?:on |from )${W}|${W} week)`, ([, first, second], today) =>
    inDays(coming(today, weekday(first ?? second)), 7),
  ),
  rule("(?:a week )(?:from )?(today|tomorrow)", ([, name], today) => inDays(today, name === "today" ? 7 : 8)),
  rule(`${W} (?:of )?next week`, ([, name], today) => inWeekOf(today.add({ days: 7 }), weekday(name))),
  rule(`next week (?:on )?${W}`, ([, name], today) => inWeekOf(today.add({ days: 7 }), weekday(name))),
  rule(`${W} in (\\d{1,2}|a) weeks?`, ([, name, weeks], today) =>
    inWeekOf(today.add({ days: 7 * count(weeks) }), weekday(name)),
  ),
  rule(`next ${W}`, ([, name], today) => {
    const next = coming(today, weekday(name));
    // Of this week's people say "this"; some say "next" all the same.
    const isThisWeek = weekOf(next).equals(weekOf(today));
    return isThisWeek ? { ask: { kind: "which", days: [next, next.add({ days: 7 })] } } : oneDay(next);
  }),
  rule(`(?:this )?coming ${W}`, ([, name], today) => oneDay(coming(today, weekday(name)))),
  rule(`this ${W}`, ([, name], today) => weekdayAlone(today, weekday(name))),
  rule("(?:the )?day after tomorrow", (_, today) => inDays(today, 2)),
  rule("tomorrow", (_, today) => inDays(today, 1)),
  rule("(?:today|this(?= morning| afternoon| evening))", (_, today) => inDays(today, 0)),
  rule("(?:in )?a fortnight", (_, today) => inDays(today, 14)),
  rule("in (\\d{1,3}|an?) (days?|weeks?|months?)(?: time)?", ([, number, unit], today) => {
    const many = count(number);
    if (unit!.startsWith("month")) return oneDay(today.add({ months: many }));
    return inDays(today, unit!.startsWith("day") ? many : 7 * many);
  }),
  rule("next week", (_, today) => ({ from: weekOf(today).add({ days: 7 }), days: 7 })),
  rule("this week", (_, today) => ({ from: today, days: 8 - today.dayOfWeek })),
  rule("(?:this |the |at the )?weekend", (_, today) => ({
    from: today.dayOfWeek >= 6 ? today : coming(today, 6),
    days: today.dayOfWeek === 7 ? 1 : 2,
  })),
  rule("next month", (_, today) => {
    const following = today.toPlainYearMonth().add({ months: 1 });
    return { from: following.toPlainDate({ day: 1 }), days: following.daysInMonth };
  }),
  rule(`${W} (?:the )?(\\d{1,2})(?:${th}|(?! ?(?:[:\\d]|am|pm|o clock|past|to|oh|minutes?)))`, ([, name, day], today) =>
    dayOfMonth(today, Number(day), weekday(name)),
  ),
  rule(`(?:on )?(?:the )?(\\d{1,2})${th}`, ([, day], today) => dayOfMonth(today, Number(day))),
  rule(W, ([, name], today) => weekdayAlone(today, weekday(name))),
];

/** Which of two figures is the month depends on who speaks: where it could be either, both are asked about. */
function figures(
  today: Parameters<DayRule["day"]>[1],
  first: number,
  second: number,
  more: { year?: number; weekday?: number },
): SpokenDays {
  const american = calendarDate(today, { month: first, day: second, ...more });
  const british = calendarDate(today, { month: second, day: first, ...more });
  if (first === second || "ask" in british) return american;
  if ("ask" in american) return british;
  return { ask: { kind: "which", days: [american.from, british.from] } };
}
