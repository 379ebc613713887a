import { useFormat, useT } from "#app/i18n/react.tsx";

interface OtherEnd {
  direction: "in" | "out";
  fromNumber: string | null;
  toNumber: string | null;
}

/** Who was on the other end: a name, else a number, else somebody. */
export function useOther(): (call: OtherEnd, customerName: string | null) => string {
  const t = useT("calls");
  const format = useFormat();
  return ({ direction, fromNumber, toNumber }, customerName) => {
    const number = direction === "out" ? toNumber : fromNumber;
    // Somebody of whom nothing but the number is known is named by it.
    const known = customerName ?? (number?.startsWith("+") ? number : null);
    return known === null ? t("someone") : format.phone(known);
  };
}
