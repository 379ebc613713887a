import { currentConfig } from "#server/core/config.ts";

/** Where the program's own mails go: `smtp`, `folder` (to look at them), or `none`. */
export type SystemMailState = "smtp" | "folder" | "none";

export function systemMailState(): SystemMailState {
  const { mail } = currentConfig();
  if (!mail) return "none";
  return mail.server ? "smtp" : "folder";
}
