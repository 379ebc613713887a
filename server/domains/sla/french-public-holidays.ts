import { Temporal } from "temporal-polyfill";

export interface PublicHoliday {
  /** `2027-05-01` */
  day: string;
  name: string;
}

const names = {
  fr: {
    newYear: "Jour de l’an",
    easterMonday: "Lundi de Pâques",
    labourDay: "Fête du Travail",
    victoryDay: "Victoire de 1945",
    ascension: "Ascension",
    whitMonday: "Lundi de Pentecôte",
    bastilleDay: "Fête nationale",
    assumption: "Assomption",
    allSaints: "Toussaint",
    armistice: "Armistice de 1918",
    christmas: "Noël",
  },
  en: {
    newYear: "New Year’s Day",
    easterMonday: "Easter Monday",
    labourDay: "Labour Day",
    victoryDay: "Victory in Europe Day",
    ascension: "Ascension Day",
    whitMonday: "Whit Monday",
    bastilleDay: "Bastille Day",
    assumption: "Assumption",
    allSaints: "All Saints’ Day",
    armistice: "Armistice Day",
    christmas: "Christmas Day",
  },
};

/** The eleven public holidays of a year in France (article L3133-1 of the labour code), in order. */
export function frenchPublicHolidays(year: number, locale: "fr" | "en"): PublicHoliday[] {
  const easter = easterSunday(year);
  const on = (month: number, day: number) => new Temporal.PlainDate(year, month, day);
  const days: [keyof (typeof names)["fr"], Temporal.PlainDate][] = [
    ["newYear", on(1, 1)],
    ["easterMonday", easter.add({ days: 1 })],
    ["labourDay", on(5, 1)],
    ["victoryDay", on(5, 8)],
    ["ascension", easter.add({ days: 39 })],
    ["whitMonday", easter.add({ days: 50 })],
    ["bastilleDay", on(7, 14)],
    ["assumption", on(8, 15)],
    ["allSaints", on(11, 1)],
    ["armistice", on(11, 11)],
    ["christmas", on(12, 25)],
  ];
  // Ascension falls on another holiday now and then, as on 1 May 2008: the day is closed once.
  const byDay = new Map(days.map(([key, day]) => [day.toString(), names[locale][key]]));
  return [...byDay].map(([day, name]) => ({ day, name })).toSorted((a, b) => a.day.localeCompare(b.day));
}

/** Easter: the first Sunday after the full moon of spring, by the Gregorian computus in Gauss's form. */
export function easterSunday(year: number): Temporal.PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const moonShift = Math.floor((8 * century + 13) / 25);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const isLate = epact === 29 || (epact === 28 && golden > 10);
  const fullMoon = new Temporal.PlainDate(year, 3, 21).add({ days: isLate ? epact - 1 : epact });
  return fullMoon.add({ days: 7 - (fullMoon.dayOfWeek % 7) });
}
