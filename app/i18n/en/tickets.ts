import type { tickets as french } from "../fr/tickets.ts";
import type { Same } from "../translate.ts";

export const tickets: Same<typeof french> = {
  title: "Tickets",
};
