import type { settings as french } from "../fr/settings.ts";
import type { Same } from "../translate.ts";

export const settings: Same<typeof french> = {
  title: "Settings",
};
