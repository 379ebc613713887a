import { useRouteLoaderData } from "react-router";

import type { Theme } from "#app/i18n/locales.ts";

/** The theme that was chosen; "system" follows the system. */
export function useTheme(): Theme {
  return useRouteLoaderData<{ theme: Theme }>("root")?.theme ?? "system";
}
