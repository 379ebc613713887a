import type { ReactNode } from "react";

import { LanguageProvider } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";

/** Times inside are those of the clock of the business, whatever zone the member chose for the rest. */
export function BusinessTime({ children }: { children: ReactNode }) {
  return <LanguageProvider timeZone={useShell().tenant.timezone}>{children}</LanguageProvider>;
}
