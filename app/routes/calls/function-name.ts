import { useT } from "#app/i18n/react.tsx";

/** What a function of ours does, in words; any other by its name. */
export function useFunctionName(): (name: string) => string {
  const t = useT("calls");
  return (name) => (name === "current_time" ? t("function.current_time") : t("function.other", { name }));
}
