import type { LogFilter } from "#server/domains/webhook-logs/schemas.ts";
import type { LogsFacts } from "./place.ts";

/** Something an admin asks of the log: a procedure of `webhookLogs` and its input. */
export interface Question {
  id: string;
  label: string;
  procedure: "list" | "chart" | "ledger";
  input: object;
}

const dayMs = 86_400_000;

/**
 * Every filter of the list alone and over everything that is kept, with a value that most events have, one
 * that few have and one that none has; then the chart of each period and of each filter.
 */
export function questionsOf(facts: LogsFacts): Question[] {
  const filters = filtersOf(facts);
  const lists = Object.entries(filters).map(([name, input]) => question("list", name, `list: ${name}`, input));
  const charts = Object.entries(filters).map(([name, input]) => question("chart", name, `chart: ${name}`, input));
  return [
    question("list", "all", "list: nothing asked", {}),
    ...lists,
    question("chart", "all", "chart: everything that is kept", {}),
    ...[1 / 24, 1, 7, 30, 59].map((days) => {
      const words = days < 1 ? "one hour" : days === 1 ? "one day" : `${days} days`;
      return question("chart", words, `chart: ${words}`, { since: daysAgo(days) });
    }),
    ...charts,
    question("ledger", "59 days", "ledger: 59 days", { since: daysAgo(59) }),
  ];
}

function filtersOf({ channels, phones, messageId }: LogsFacts): Record<string, LogFilter> {
  const national = (phone: string) => phone.replace("+33", "0").replaceAll(/(\d\d)(?=\d)/g, "$1 ");
  return {
    "the last day": { since: daysAgo(1) },
    "one day a month ago": { since: daysAgo(30), until: daysAgo(29) },
    "busiest channel": { channelId: channels.at(0)!.id },
    "rarest channel": { channelId: channels.at(-1)!.id },
    "provider of most": { provider: "whatsapp" },
    "provider of few": { provider: "vapi" },
    "provider of none": { provider: "postmark" },
    "type of most": { type: "status" },
    "type of a quarter": { type: "message" },
    "type of few": { type: "other" },
    "status of most": { status: ["processed"] },
    "status of few": { status: ["failed"] },
    "status of none": { status: ["retrying"] },
    "two statuses": { status: ["failed", "rejected"] },
    "reason of many": { reason: ["duplicate"] },
    "reason of few": { reason: ["stale"] },
    "reason of none": { reason: ["malformed"] },
    "two reasons": { reason: ["signature_mismatch", "missing_signature"] },
    "took a second": { slow: true },
    "tried again": { triedAgain: true },
    "message id": { search: messageId },
    "customer of few": { search: national(phones.seldom) },
    "customer of many": { search: national(phones.often) },
    "customer of one event in 200": { search: national(phones.constant) },
    "phone of nobody": { search: "06 39 98 99 99" },
  };
}

function question(procedure: Question["procedure"], name: string, label: string, input: object): Question {
  return { id: `logs.${procedure}.${name.replaceAll(" ", "-")}`, label, procedure, input };
}

const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
