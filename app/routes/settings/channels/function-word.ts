import { useT } from "#app/i18n/react.tsx";

import { ourFunctions } from "../../calls/function-name.ts";

/** What a function lets a voice agent do, in words; any other by its name. */
export function useFunctionWord(): (name: string) => string {
  const t = useT("assistants");
  return (name) => {
    const known = ourFunctions.find((one) => one === name);
    return known ? t(`function.${known}`) : name;
  };
}
