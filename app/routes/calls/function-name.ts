import { useT } from "#app/i18n/react.tsx";

/** Functions of ours that have words. */
export const ourFunctions = [
  "current_time",
  "check_availability",
  "book_appointment",
  "qualify_prospect",
  "create_ticket",
  "find_customer",
  "transfer_to_human",
] as const;

/** What a function of ours does, in words; any other by its name. */
export function useFunctionName(): (name: string) => string {
  const t = useT("calls");
  return (name) => {
    const known = ourFunctions.find((one) => one === name);
    return known ? t(`function.${known}`) : t("function.other", { name });
  };
}
