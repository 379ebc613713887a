import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";

import type { PanelTicket, ThreadMessage } from "./data.ts";
import { Line } from "./line.tsx";

/** Something that happened between the messages: assigned, resolved, snoozed, blocked … */
export function EventLine({ message }: { message: ThreadMessage }) {
  const t = useT("inbox");
  const format = useFormat();
  const event = String(message.data?.["event"] ?? "");
  const rule = message.data?.["rule"];
  const by = message.author?.name || (typeof rule === "string" ? t("byRule", { name: rule }) : t("guichet"));
  const name = String(message.data?.["toName"] ?? message.data?.["name"] ?? "");
  const count = Number(message.data?.["messages"] ?? 0);
  if (event === "survey") return <SurveyLine message={message} />;
  const took = event === "assigned" && message.data?.["toId"] === message.author?.id;
  const byCustomer = event === "reopened" && message.author === null;
  // Told by the one that goes on; where both are read it stands once.
  if (message.via && (event === "merged" || event === "unmerged")) return null;
  const key = took ? "took" : byCustomer ? "answered" : events.find((known) => known === event);
  if (!key) return null;
  const until = typeof message.data?.["until"] === "string" ? format.dateTime(new Date(message.data["until"])) : "";
  return (
    <Line>
      {isMerge(key) ? t(`event.${key}`, { by, name, count }) : t(`event.${key}`, { by, name, until })} ·{" "}
      {format.time(message.occurredAt)}
    </Line>
  );
}

/** The customer answered a survey on the page of its link. */
function SurveyLine({ message: { data, occurredAt } }: { message: ThreadMessage }) {
  const t = useT("inbox");
  const format = useFormat();
  const ui = useT("ui");
  const [score, comment] = [data?.["score"], data?.["comment"]];
  if (typeof score !== "number") return null;
  return (
    <Line>
      {t(typeof data?.["earlier"] === "number" ? "event.surveyChanged" : "event.survey", { score })} ·{" "}
      {format.time(occurredAt)}
      {typeof comment === "string" ? (
        <span className="mx-auto block max-w-[60ch] text-dim">{ui("quoted", { text: comment })}</span>
      ) : null}
    </Line>
  );
}

const events = [
  "assigned",
  "unassigned",
  "team",
  "no_team",
  "resolved",
  "reopened",
  "archived",
  "unarchived",
  "snoozed",
  "woken",
  "spam",
  "not_spam",
  "undone",
  "blocked",
  "unblocked",
  "labelled",
  "unlabelled",
  "merged",
  "unmerged",
  "absorbed",
  "released",
] as const;

const merges = ["merged", "unmerged", "absorbed", "released"] as const;
const isMerge = (key: string): key is (typeof merges)[number] => merges.some((known) => known === key);

export function TicketLine({ ticket }: { ticket: PanelTicket }) {
  const t = useT("inbox");
  const to = useTenantPath();
  const { number, subject, source } = ticket;
  const words = { number: String(number), subject };
  return (
    <Line>
      <a href={to(`tickets/${number}`)} className="row-inline link text-faint">
        {source === "rule" ? t("event.ticketRule", words) : t("event.ticket", words)}
      </a>
    </Line>
  );
}
