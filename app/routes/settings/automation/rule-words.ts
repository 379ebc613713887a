import { useT } from "#app/i18n/react.tsx";
import { channels, priorities, priorityWords, statuses } from "#app/routes/tickets/ticket-words.ts";

import type { Action, Choices, Condition, Draft, Step } from "./data.ts";
import { oneOf } from "./data.ts";

type Option = readonly [value: string, label: string];
type Shared = Condition["field"] & Action["do"];

/** How rules are said: what can be chosen, and each part of a rule as a piece of a sentence. */
export function useRuleWords(choices: Choices) {
  const t = useT("automation");
  const tickets = useT("tickets");
  const customers = useT("customers");
  const ui = useT("ui");
  const named = (list: readonly { id: string; name: string }[]): Option[] => list.map(({ id, name }) => [id, name]);
  const none = ["none", t("noneOf")] as const;

  /** What conditions and actions choose from alike. */
  function chosenFor(what: Shared): readonly Option[] {
    switch (what) {
      case "status":
        return statuses.map((one) => [one, tickets(`status.${one}`)]);
      case "priority":
        return priorities.map((one) => [one, ui(priorityWords[one])]);
      case "category":
        return [...named(choices.categories), none];
      case "team":
        return [...named(choices.teams), none];
      case "assignee":
        return [...named(choices.members), ["none", t("nobody")]];
    }
  }

  /** What a condition's values are chosen from; null where they are written. */
  function valuesFor(field: Condition["field"]): readonly Option[] | null {
    switch (field) {
      case "words":
        return null;
      case "channel":
        return named(choices.channels);
      case "channel_type":
        return channels.map((one) => [one, tickets(`channel.${one}`)]);
      case "hours":
        return (["inside", "outside"] as const).map((one) => [one, t(`hours.${one}`)]);
      case "status":
        return [...chosenFor(field), ["none", t("noTicket")]];
      case "priority":
      case "category":
      case "team":
      case "assignee":
        return chosenFor(field);
      case "label":
        return [...named(choices.labels), none];
      case "segment":
        return (["prospect", "client", "vip", "inactive"] as const).map((one) => [one, customers(`segment.${one}`)]);
      case "tag":
        return choices.tags.map((tag) => [tag, tag]);
      case "source":
        return sources.map((one) => [one, t(`source.${one}`)]);
    }
  }

  /** What an action's value is chosen from; null where it is written. */
  function givenFor(what: Action["do"]): readonly Option[] | null {
    switch (what) {
      case "status":
      case "priority":
      case "category":
      case "team":
      case "assignee":
        return chosenFor(what);
      case "add_label":
      case "remove_label":
        return named(choices.labels);
      case "notify":
        return [["assignee", t("whoHasIt")], ...named(choices.members)];
      case "quick_reply":
        return choices.quickReplies.map(({ id, name }) => [id, `/${name}`]);
      case "snooze":
        return snoozes.map((one) => [one, t(`snooze.${one}`)]);
      default:
        return null;
    }
  }

  const wordOf = (options: readonly Option[] | null, value: string) =>
    options ? (options.find(([one]) => one === value)?.[1] ?? t("why.no_longer_there")) : value;

  return {
    valuesFor,
    givenFor,
    event: ({ event, changed }: Pick<Draft, "event" | "changed">) =>
      event === "ticket_changed" && changed ? t("changedOf", { what: t(`changed.${changed}`) }) : t(`event.${event}`),
    condition({ field, op, values }: Condition) {
      const said = values.map((value) =>
        field === "words" ? ui("quoted", { text: value }) : wordOf(valuesFor(field), value),
      );
      const how = field === "words" ? (op === "is" ? "say.has" : "say.has_not") : (`say.${op}` as const);
      return t(how, { field: t(`field.${field}`), values: said.join(` ${t("or")} `) });
    },
    action({ do: what, value }: Action) {
      const options = givenFor(what);
      const said = options ? wordOf(options, value) : value === "" ? "" : ui("quoted", { text: shortened(value) });
      return said ? `${t(`do.${what}`)} : ${said}` : t(`do.${what}`);
    },
    /** What an action came to. */
    step({ do: what, from, to }: Step) {
      const word = (value: string | null | undefined) =>
        value === null || value === undefined ? t("noneOf") : keyed.has(what) ? wordOf(givenFor(what), value) : value;
      if (to === undefined) return t(`did.${what}`);
      return `${t(`did.${what}`)} : ${from === undefined ? "" : `${word(from)} → `}${word(to)}`;
    },
    /** Why an action was not done, or a rule was stopped. */
    why: (reason: string) => (oneOf(reasons, reason) ? t(`why.${oneOf(reasons, reason)!}`) : null),
  };
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text);
/** Actions whose values are words of a closed list; the others' are names as they were. */
const keyed: ReadonlySet<string> = new Set(["status", "priority", "snooze"]);
const sources = ["manual", "rule", "voice_agent", "api", "import"] as const;
const snoozes = ["three_hours", "tomorrow", "next_week"] as const;
const reasons = [
  "same_origin",
  "too_deep",
  "no_ticket",
  "ticket_merged",
  "nobody_assigned",
  "ticket_is_open",
  "no_conversation",
  "sender_quiet",
  "replied_lately",
  "no_longer_there",
  "already_so",
  "variable_unknown",
  "action_failed",
  "window_closed",
  "opted_out",
  "channel_paused",
  "not_configured",
  "calls_only",
  "required_to_resolve",
  "fields_required",
  "too_long",
  "no_way_to_write",
] as const;
