import { newId, newToken } from "#server/core/ids.ts";
import type { DemoBusiness, DemoCustomer, DemoExtra, DemoLine, DemoThread } from "./shape.ts";
import type { SeededBusiness, SeededChannel } from "./write-business.ts";
import type { SeededCustomer } from "./write-customers.ts";

/** A line of a thread with its time and everything that became of it. */
export interface PlannedMessage {
  id: string;
  thread: PlannedThread;
  direction: "in" | "out" | "internal";
  kind: "text" | "media" | "call" | "note";
  text: string;
  /** What it carries beside its words. */
  extra: DemoExtra;
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
  locale: "fr" | "en";
  /** Where the customer is reached on this channel. */
  address: { kind: "phone" | "email" | "instagram_id"; value: string };
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
  customers: ReadonlyMap<string, SeededCustomer>,
  now: Date,
): PlannedThread[] {
  return business.threads.map((script) => {
    const customer = business.customers.find((candidate) => candidate.key === script.customer);
    const known = customers.get(script.customer);
    if (!customer || !known) throw new Error(`no customer ${script.customer}`);
    const endedAt = new Date(now.getTime() - script.hoursAgo * 3_600_000);
    const gaps = script.lines.slice(1).map(([, , gap]) => (gap ?? unlessSaid) * minute);
    const startedAt = new Date(endedAt.getTime() - gaps.reduce((sum, gap) => sum + gap, 0));
    const thread: PlannedThread = {
      id: newId(startedAt.getTime()),
      script,
      channel: seeded.channels[script.channel],
      customerId: known.id,
      name: `${customer.first} ${customer.last}`,
      locale: business.locale,
      address: addressOn(script.channel, customer, known),
      assigneeId: script.assignee ? (seeded.memberIds.get(script.assignee) ?? null) : null,
      startedAt,
      endedAt,
      messages: [],
    };
    let time = startedAt.getTime();
    for (const [index, line] of script.lines.entries()) {
      if (index > 0) time += (line[2] ?? unlessSaid) * minute;
      thread.messages.push(plan(thread, line, new Date(time - strayOf(line[1])), index, seeded));
    }
    return thread;
  });
}

function addressOn(
  channel: DemoThread["channel"],
  { key, phone, email }: DemoCustomer,
  { instagramId }: SeededCustomer,
): PlannedThread["address"] {
  if (channel === "instagram") return { kind: "instagram_id", value: instagramId };
  const value = channel === "email" ? email : phone;
  if (!value) throw new Error(`${key} cannot be reached by ${channel}`);
  return { kind: channel === "email" ? "email" : "phone", value };
}

/** Nobody writes on the minute: up to fifty seconds earlier, always the same for the same words. */
function strayOf(text: string): number {
  const sum = [...text].reduce((all, letter) => (all * 31 + (letter.codePointAt(0) ?? 0)) % 50_000, 7);
  return sum;
}

function plan(
  thread: PlannedThread,
  [side, text, , extra = {}]: DemoLine,
  at: Date,
  index: number,
  seeded: SeededBusiness,
): PlannedMessage {
  const { script } = thread;
  const after = script.lines.slice(index + 1);
  const unread = script.unread ?? 0;
  const inboundAfter = after.filter(([later]) => later === "<").length;
  const last = !after.some(([later]) => later === ">");
  const failed = side === ">" && last ? (script.failed ?? null) : null;
  const seen = side === ">" && !failed && tellsRead.has(script.channel) && (inboundAfter > 0 || script.hoursAgo > 4);
  const author = thread.assigneeId ?? seeded.memberIds.get("nadia") ?? seeded.memberIds.get("priya") ?? null;
  const arrived = side === ">" && !failed && tellsArrival.has(script.channel);
  const id = newId(at.getTime());
  return {
    id,
    thread,
    direction: side === "<" ? "in" : side === ">" ? "out" : "internal",
    kind: kindOf(side, script.channel, extra),
    text,
    extra,
    at,
    externalId: side === "#" ? null : externalIdOf(thread, side, id),
    status: side !== ">" ? (extra.call ? "read" : "received") : statusOf({ failed, seen, arrived }),
    deliveredAt: arrived ? new Date(at.getTime() + 2_600) : null,
    readAt: seen ? new Date(at.getTime() + 70_000) : null,
    error: failed,
    read: side !== "<" || extra.call !== undefined || inboundAfter >= unread,
    authorId: side === "<" ? null : author,
    webhookLogId: side === "<" ? newId(at.getTime() + 400) : null,
  };
}

/** Text messages and mails never say that they were read; only phones say that something arrived. */
const tellsRead: ReadonlySet<string> = new Set(["whatsapp", "instagram"]);
const tellsArrival: ReadonlySet<string> = new Set(["whatsapp", "sms"]);

function statusOf({ failed, seen, arrived }: { failed: unknown; seen: boolean; arrived: boolean }) {
  if (failed) return "failed";
  return seen ? "read" : arrived ? "delivered" : "sent";
}

function kindOf(side: DemoLine[0], channel: DemoThread["channel"], { call, file }: DemoExtra): PlannedMessage["kind"] {
  if (side === "#") return "note";
  if (call) return "call";
  return file && channel !== "email" ? "media" : "text";
}

/** As the provider names messages and calls. */
function externalIdOf({ channel, address }: PlannedThread, side: "<" | ">", id: string): string {
  switch (channel.provider) {
    case "whatsapp":
      return `wamid.${newToken(21)}`;
    case "twilio":
      return `SM${newId().replaceAll("-", "")}`;
    case "instagram":
      return `aWdf${newToken(36)}`;
    case "email":
      // Ours carry our own id, so that an answer to them finds its thread.
      return side === ">"
        ? `<${id}.guichet@${channel.address.split("@")[1]}>`
        : `<${newToken(12)}@${address.value.split("@")[1]}>`;
    case "vapi":
      return newId();
    case "retell":
      return `call_${newId().replaceAll("-", "")}`;
  }
}
