import { useFormat, useT } from "#app/i18n/react.tsx";
import { useNow } from "#app/ui/now.tsx";

import { wordsFor } from "./words.ts";

export interface AlertFacts {
  kind: string;
  severity: "warning" | "critical";
  data: Record<string, unknown>;
  openedAt: Date;
}

/** What an alert says, in a sentence: what happened, and its likely cause where one is known. */
export function useAlertText(): (alert: AlertFacts) => string {
  const t = useT("channels");
  const words = useT("alerts");
  const logs = useT("logs");
  const format = useFormat();
  const now = useNow();
  return ({ kind, data }) => {
    const text = (name: string) => (typeof data[name] === "string" ? data[name] : "");
    const number = (name: string) => Number(data[name] ?? 0);
    const ago = (name: string) => {
      const at = new Date(text(name));
      return Number.isNaN(at.getTime()) ? "" : format.relative(at, Math.max(now, at.getTime()));
    };
    switch (kind) {
      case "channel_failing":
        return wordsFor(t, `error.${text("reason")}`, "error.handler_error");
      case "token_expiring": {
        const at = new Date(text("expiresAt"));
        return at.getTime() <= now ? t("alert.tokenExpired") : t("alert.tokenExpiring", { day: format.full(at) });
      }
      case "channel_silent":
        return `${t("alert.silent", { when: ago("since") })} ${wordsFor(t, `cause.${text("cause")}`, "cause.unknown")}`;
      case "ledger_gap":
        return t("alert.ledgerGap", { day: format.full(new Date(text("day"))), count: Number(data["missing"]) });
      case "events_failing":
      case "sends_failing": {
        const cause = text("cause");
        const facts = { failed: number("failed"), total: number("total"), usual: format.percent(number("usual"), 1) };
        const mostly =
          kind === "events_failing"
            ? words("mostlyReason", { reason: wordsFor(logs, `reason.${cause}`) })
            : words("mostlyCode", { code: cause });
        return `${words(kind === "events_failing" ? "eventsFailing" : "sendsFailing", facts)}${cause ? ` ${mostly}` : ""}`;
      }
      case "tickets_late":
        return words("lateTickets", { count: number("tickets") });
      case "dead_letters": {
        const parts = [
          ["deadEvents", number("events")],
          ["deadMessages", number("messages")],
          ["deadJobs", number("jobs")],
        ] as const;
        return parts.flatMap(([key, count]) => (count > 0 ? words(key, { count }) : [])).join(" ");
      }
      default:
        return kind;
    }
  };
}
