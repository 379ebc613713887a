import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Format } from "#app/i18n/format.ts";
import type { Translate } from "#app/i18n/translate.ts";

import { valueWords } from "./value-words.ts";
import { priorities, priorityWords, statuses, type TicketWords } from "./ticket-words.ts";

interface Event {
  type: string;
  data: Record<string, unknown>;
}

const numbered = ["absorbed", "unmerged", "released", "split_off", "child_added", "child_removed"] as const;
const bare = ["opened", "description", "resolved", "closed", "reopened", "customer_replied", "note"] as const;

/** What somebody did, as the words after their name; what was done to many tickets at once says so. */
export function eventWords(
  event: Event,
  t: TicketWords,
  ui: Translate<Dictionary["ui"]>,
  format: Format,
  work: Translate<Dictionary["ticketWork"]>,
): string {
  const words = wordsOf(event, t, ui, format, work);
  if (!event.data["bulk"]) return words;
  return `${words} (${t(event.data["undone"] ? "event.undone" : "event.bulk")})`;
}

function wordsOf(
  { type, data }: Event,
  t: TicketWords,
  ui: Translate<Dictionary["ui"]>,
  format: Format,
  work: Translate<Dictionary["ticketWork"]>,
): string {
  // What was erased with its customer leaves a line without its words.
  const tied = (key: Parameters<TicketWords>[0], name: string) =>
    typeof data[name] === "number" ? t(key, { number: String(data[name]) }) : t("event.linkSome");
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
    case "team":
      return data["to"] ? t("event.team", { to: text("toName") }) : t("event.no_team");
    case "assignee":
      return data["to"] ? t("event.assigned", { to: text("toName") || t("actor.gone") }) : t("event.unassigned");
    case "subject":
      return t("event.subject", { to: text("to") });
    case "category":
      return text("to") ? t("event.category", { to: text("to") }) : t("event.categoryCleared");
    case "sla_missed": {
      const targets = ["first_response", "next_response", "resolution"] as const;
      const target = targets.find((one) => one === data["target"]);
      const what = target ? t(`sla.${target}`) : "";
      return text("policy")
        ? t("event.sla_missedOf", { what, policy: text("policy") })
        : t("event.sla_missed", { what });
    }
    case "field": {
      if (!text("field")) return t("event.fieldSome");
      const kind = text("kind");
      const from = valueWords(kind, data["from"], work, format);
      const to = valueWords(kind, data["to"], work, format);
      const words = { field: text("field"), from, to };
      if (data["to"] === null || data["to"] === undefined) return t("event.fieldCleared", words);
      return t(data["from"] === null ? "event.fieldSet" : "event.field", words);
    }
    case "merged":
      return tied("event.merged", "into");
    case "parent":
      return data["to"] ? tied("event.parent", "to") : tied("event.parentCleared", "from");
    case "survey": {
      const [from, to] = [data["from"], data["to"]];
      if (typeof to !== "number") return t("event.linkSome");
      return typeof from === "number" ? t("event.surveyChanged", { from, to }) : t("event.survey", { to });
    }
    case "macro":
      return text("name") ? t("event.macro", { name: text("name") }) : t("event.macroSome");
    case "opened":
      if (data["splitFrom"]) return tied("event.openedFrom", "splitFrom");
      return data["parent"] ? tied("event.openedUnder", "parent") : t("event.opened");
    case "due":
      return text("to") ? t("event.due", { to: format.dateTime(text("to")) }) : t("event.dueCleared");
    default: {
      const link = numbered.find((one) => one === type);
      if (link) return tied(`event.${link}`, link === "unmerged" ? "from" : "number");
      const known = bare.find((one) => one === type);
      return known ? t(`event.${known}`) : type;
    }
  }
}
