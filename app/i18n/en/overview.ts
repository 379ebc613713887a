import type { overview as french } from "../fr/overview.ts";
import type { Same } from "../translate.ts";

export const overview: Same<typeof french> = {
  title: "Overview",
};
