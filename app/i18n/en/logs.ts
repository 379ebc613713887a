import type { logs as french } from "../fr/logs.ts";
import type { Same } from "../translate.ts";

export const logs: Same<typeof french> = {
  title: "Webhook logs",
};
