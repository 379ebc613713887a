import { useFormat, useT } from "#app/i18n/react.tsx";
import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Key } from "#app/i18n/translate.ts";
import { eventWords } from "#app/routes/tickets/event-words.ts";

import type { Flight } from "./flight.tsx";

type FlightStep = Flight["steps"][number];

/** What a step says, in a sentence. */
export function useStepText(): (step: FlightStep) => string {
  const t = useT("logs");
  const tickets = useT("tickets");
  const work = useT("ticketWork");
  const ui = useT("ui");
  const format = useFormat();
  return ({ kind, facts = {} }) => {
    const text = (name: string) => String(facts[name] ?? "");
    const number = (name: string) => Number(facts[name] ?? 0);
    const known = (prefix: string, name: string, otherwise: string) => {
      const key = `${prefix}.${text(name)}` as Key<Dictionary["logs"]>;
      const words = t(key);
      return words === key ? otherwise : words;
    };
    switch (kind) {
      case "received":
        return facts["bytes"] ? t("step.received", { size: format.bytes(number("bytes")) }) : t("step.receivedOnly");
      case "log_removed":
        return t("flight.log_removed", { count: number("days") });
      case "verified":
        return t("step.verified");
      case "refused":
        return known("reason", "reason", t("step.notVerified"));
      case "routed":
        return facts["account"]
          ? t("step.routed", { channel: text("channel"), key: t("byId", { account: text("account") }) })
          : t("step.routedPlain", { channel: text("channel") });
      case "matched": {
        const who = { name: text("name"), by: known("identity", "by", t("identity.other")) };
        return facts["isNew"] ? t("flight.newCustomer", who) : t("flight.knownCustomer", who);
      }
      case "conversation":
        return t(facts["isNew"] ? "flight.newConversation" : "flight.sameConversation");
      case "ticket":
        return t(facts["isNew"] ? "flight.newTicket" : "flight.sameTicket", { number: text("number") });
      case "answered":
        return t("flight.answered", {
          name: text("name") || t("flight.byRule"),
          after: format.duration(number("seconds") * 1_000),
        });
      case "written":
        return facts["template"]
          ? t("flight.writtenTemplate", { by: writer(facts), template: text("template") })
          : t("flight.written", { by: writer(facts) });
      case "tried":
        return t("flight.tried", { count: number("count") });
      case "accepted":
        return t("flight.accepted", { id: text("externalId") });
      case "failed":
        return facts["words"] ? t("flight.failedWith", { words: text("words") }) : t("flight.failed");
      case "reacted":
        return t("flight.reacted", { emoji: text("emoji") });
      case "called":
        return t(facts["direction"] === "out" ? "flight.calledOut" : "flight.calledIn");
      case "function":
        return facts["ms"] === null
          ? t("flight.functionRuns", { name: text("name") })
          : t("flight.function", { name: text("name"), ms: format.duration(number("ms")) });
      case "hung_up":
        return facts["seconds"] === null
          ? t("flight.hungUp")
          : t("flight.hungUpAfter", { after: format.duration(number("seconds") * 1_000) });
      case "ticket_change":
        return `${text("name") || t("flight.byRule")} ${eventWords({ type: text("type"), data: {} }, tickets, ui, format, work)}`;
      default:
        return t(`flight.${kind}`);
    }
  };

  function writer(facts: NonNullable<FlightStep["facts"]>): string {
    switch (facts["by"]) {
      case "member":
        return String(facts["name"]);
      case "ai":
        return t("flight.byAi");
      case "app":
        return t("flight.byApp");
      default:
        return t("flight.byRule");
    }
  }
}
