import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Format } from "#app/i18n/format.ts";
import type { Translate } from "#app/i18n/translate.ts";

import { priorities, priorityWords, statuses, type TicketWords } from "./ticket-words.ts";

interface Event {
  type: string;
  data: Record<string, unknown>;
}

const bare = ["opened", "description", "resolved", "closed", "reopened", "customer_replied", "note"] as const;

/** What somebody did, as the words after their name. */
export function eventWords(
  { type, data }: Event,
  t: TicketWords,
  ui: Translate<Dictionary["ui"]>,
  format: Format,
): string {
  const text = (name: string) => (typeof data[name] === "string" ? data[name] : "");
  const status = (name: string) => {
    const known = statuses.find((one) => one === data[name]);
    return known ? t(`status.${known}`) : text(name);
  };
  const priority = (name: string) => {
    const known = priorities.find((one) => one === data[name]);
    return known ? ui(priorityWords[known]) : text(name);
  };
  switch (type) {
    case "status":
      return t("event.status", { from: status("from"), to: status("to") });
    case "priority":
      return t("event.priority", { from: priority("from"), to: priority("to") });
    case "assignee":
      return data["to"] ? t("event.assigned", { to: text("toName") || t("actor.gone") }) : t("event.unassigned");
    case "subject":
      return t("event.subject", { to: text("to") });
    case "category":
      return text("to") ? t("event.category", { to: text("to") }) : t("event.categoryCleared");
    case "due":
      return text("to") ? t("event.due", { to: format.dateTime(text("to")) }) : t("event.dueCleared");
    default: {
      const known = bare.find((one) => one === type);
      return known ? t(`event.${known}`) : type;
    }
  }
}
