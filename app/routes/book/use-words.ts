import { useFormat, useLocale, useT } from "#app/i18n/react.tsx";

import { calendarFormat } from "../appointments/time-words.ts";
import type { Service } from "./data.ts";

/** Days as the clock of the business has them, in the visitor's language. */
export function useDays() {
  const { timeZone } = useFormat();
  return calendarFormat(useLocale(), timeZone);
}

/** Lengths, prices and rules in plain words. */
export function useWords() {
  const t = useT("booking");
  const format = useFormat();
  const rule = (kind: "notice" | "change", minutes: number) => {
    const [unit, size] = unitOf(minutes);
    return t(`${kind}_${unit}`, { count: minutes / size });
  };
  return {
    length(minutes: number) {
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
      if (hours === 0) return t("minutes", { count: minutes });
      return rest === 0
        ? t("hours", { count: hours })
        : t("hoursAndMinutes", { hours, minutes: String(rest).padStart(2, "0") });
    },
    price: ({ priceCents, currency }: Pick<Service, "priceCents" | "currency">) =>
      priceCents === null ? null : format.money(priceCents, currency),
    notice: (minutes: number) => (minutes === 0 ? null : rule("notice", minutes)),
    changes: (minutes: number) => (minutes === 0 ? t("change_always") : rule("change", minutes)),
  };
}

function unitOf(minutes: number): ["days" | "hours" | "minutes", number] {
  if (minutes % 1_440 === 0 && minutes > 1_440) return ["days", 1_440];
  return minutes % 60 === 0 ? ["hours", 60] : ["minutes", 1];
}
