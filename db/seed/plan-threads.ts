import { newId, newToken } from "#server/core/ids.ts";
import type { DemoBusiness, DemoThread } from "./shape.ts";
import type { SeededBusiness, SeededChannel } from "./write-business.ts";

/** A line of a thread with its time and everything that became of it. */
export interface PlannedMessage {
  id: string;
  thread: PlannedThread;
  direction: "in" | "out" | "internal";
  kind: "text" | "note";
  text: string;
  at: Date;
  externalId: string | null;
  status: "received" | "sent" | "delivered" | "read" | "failed";
  deliveredAt: Date | null;
  readAt: Date | null;
  error: { code: string; text: string } | null;
  read: boolean;
  authorId: string | null;
  /** The log row that brought it in. */
  webhookLogId: string | null;
}

export interface PlannedThread {
  id: string;
  script: DemoThread;
  channel: SeededChannel;
  customerId: string;
  name: string;
  phone: string;
  assigneeId: string | null;
  startedAt: Date;
  endedAt: Date;
  messages: PlannedMessage[];
}

const minute = 60_000;
const unlessSaid = 4;

/** Puts every line of every thread in time, counted back from its last one. */
export function planThreads(
  business: DemoBusiness,
  seeded: SeededBusiness,
  customerIds: Map<string, string>,
  now: Date,
): PlannedThread[] {
  return business.threads.map((script) => {
    const customer = business.customers.find((candidate) => candidate.key === script.customer);
    if (!customer) throw new Error(`no customer ${script.customer}`);
    const endedAt = new Date(now.getTime() - script.hoursAgo * 3_600_000);
    const gaps = script.lines.slice(1).map(([, , gap]) => (gap ?? unlessSaid) * minute);
    const startedAt = new Date(endedAt.getTime() - gaps.reduce((sum, gap) => sum + gap, 0));
    const thread: PlannedThread = {
      id: newId(startedAt.getTime()),
      script,
      channel: seeded[script.channel],
      customerId: customerIds.get(script.customer) ?? "",
      name: `${customer.first} ${customer.last}`,
      phone: customer.phone,
      assigneeId: script.assignee ? (seeded.memberIds.get(script.assignee) ?? null) : null,
      startedAt,
      endedAt,
      messages: [],
    };
    let time = startedAt.getTime();
    for (const [index, [side, text, gap]] of script.lines.entries()) {
      if (index > 0) time += (gap ?? unlessSaid) * minute;
      thread.messages.push(plan(thread, side, text, new Date(time - strayOf(text)), index, seeded));
    }
    return thread;
  });
}

/** Nobody writes on the minute: up to fifty seconds earlier, always the same for the same words. */
function strayOf(text: string): number {
  const sum = [...text].reduce((all, letter) => (all * 31 + (letter.codePointAt(0) ?? 0)) % 50_000, 7);
  return sum;
}

function plan(
  thread: PlannedThread,
  side: "<" | ">" | "#",
  text: string,
  at: Date,
  index: number,
  seeded: SeededBusiness,
): PlannedMessage {
  const { script, channel } = thread;
  const after = script.lines.slice(index + 1);
  const unread = script.unread ?? 0;
  const inboundAfter = after.filter(([later]) => later === "<").length;
  const last = !after.some(([later]) => later === ">");
  const failed = side === ">" && last ? (script.failed ?? null) : null;
  // Text messages never say that they were read.
  const seen =
    side === ">" && !failed && channel.channelType === "whatsapp" && (inboundAfter > 0 || script.hoursAgo > 4);
  const author = thread.assigneeId ?? seeded.memberIds.get("nadia") ?? seeded.memberIds.get("priya") ?? null;
  return {
    id: newId(at.getTime()),
    thread,
    direction: side === "<" ? "in" : side === ">" ? "out" : "internal",
    kind: side === "#" ? "note" : "text",
    text,
    at,
    externalId:
      side === "#"
        ? null
        : channel.channelType === "whatsapp"
          ? `wamid.${newToken(21)}`
          : `SM${newId().replaceAll("-", "")}`,
    status: side !== ">" ? "received" : failed ? "failed" : seen ? "read" : "delivered",
    deliveredAt: side === ">" && !failed ? new Date(at.getTime() + 2_600) : null,
    readAt: seen ? new Date(at.getTime() + 70_000) : null,
    error: failed,
    read: side !== "<" || inboundAfter >= unread,
    authorId: side === "<" ? null : author,
    webhookLogId: side === "<" ? newId(at.getTime() + 400) : null,
  };
}
