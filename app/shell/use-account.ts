import { useFetcher, useRouteLoaderData, useSubmit } from "react-router";

import type { Locale, Theme } from "#app/i18n/locales.ts";

import { useTenantPath } from "./shell-data.ts";

/** What a person does about themselves from any page. */
export function useAccount() {
  // "system" until someone chooses.
  const theme = useRouteLoaderData<{ theme: Theme }>("root")?.theme ?? "system";
  const preferences = useFetcher();
  const submit = useSubmit();
  const to = useTenantPath();
  const save = (choice: { locale: Locale } | { theme: Theme }) =>
    void preferences.submit(choice, { method: "post", action: "/preferences" });
  return {
    theme,
    paint: (next: Theme) => {
      // Seen at once; the answer only confirms it.
      document.documentElement.dataset["theme"] = next;
      save({ theme: next });
    },
    speak: (locale: Locale) => save({ locale }),
    /** Nothing is given to the member while they rest. */
    rest: (away: boolean) =>
      void preferences.submit(away ? { away: "1" } : {}, { method: "post", action: to("presence") }),
    leave: (everywhere: boolean) =>
      void submit(everywhere ? { everywhere: "1" } : {}, { method: "post", action: "/sign-out" }),
  };
}
