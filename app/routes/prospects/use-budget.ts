import { useFormat, useT } from "#app/i18n/react.tsx";

interface Budget {
  budgetMinCents: number | null;
  budgetMaxCents: number | null;
  currency: string;
}

/** A budget in words, in which either end may be open; null where none is known. */
export function useBudget(): (budget: Budget) => string | null {
  const t = useT("prospects");
  const format = useFormat();
  return ({ budgetMinCents: least, budgetMaxCents: most, currency }) => {
    const amount = (cents: number) => format.money(cents, currency);
    if (least !== null && most !== null)
      return least === most ? amount(least) : t("budgetBetween", { least: amount(least), most: amount(most) });
    if (most !== null) return t("budgetUpTo", { amount: amount(most) });
    return least === null ? null : t("budgetFrom", { amount: amount(least) });
  };
}
