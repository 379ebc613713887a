import type { inbox as french } from "../fr/inbox.ts";
import type { Same } from "../translate.ts";

export const inbox: Same<typeof french> = {
  title: "Inbox",
};
