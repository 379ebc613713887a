import { redirect } from "react-router";

import { refusalOf, type Refusal } from "#app/context.ts";
import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { act } from "../inbox/act.ts";
import { instantOf } from "./due-time.ts";
import { ownValuesIn } from "./field-control.tsx";
import { filterOf, queueAddress, readQueue } from "./queue-address.ts";
import { priorities, statuses } from "./ticket-words.ts";

export type TicketAnswer = { ok: true } | ({ ok: false } & Refusal);
interface Asked {
  api: Caller;
  number: number;
  form: FormData;
  /** Where the ticket's page is, and the tenant's time zone that due times are written in. */
  path: string;
  timeZone: string;
}

const ofConversation = ["reply", "later", "take-back", "send-now", "note", "retry", "read", "quick-reply"];

/** Carries out what a form of the ticket's page asks for, by its `intent`. */
export async function actOnTicket(asked: Asked) {
  const { api, form } = asked;
  const intent = String(form.get("intent") ?? "");
  if (ofConversation.includes(intent)) {
    const { conversation } = await api.tickets.get({ number: asked.number });
    if (!conversation) throw new Response(null, { status: 400 });
    return act(api, conversation.id, form);
  }
  const whole = forms[intent];
  if (whole) return whole(asked);
  try {
    await perform(asked, intent);
    return { ok: true } satisfies TicketAnswer;
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found" || refusal.code === "unauthenticated") throw thrown;
    return { ok: false, ...refusal } satisfies TicketAnswer;
  }
}

/** Forms of their own, that what was typed comes back to. */
const forms: Record<string, (asked: Asked) => Promise<unknown>> = { edit, resolve, merge, split, macro };

async function perform({ api: { tickets }, form, timeZone }: Asked, intent: string): Promise<void> {
  const word = (name: string) => String(form.get(name) ?? "");
  const ticketId = word("ticketId");
  switch (intent) {
    case "status":
      await tickets.change({ ticketId, status: statuses.find((known) => known === word("value")) });
      return;
    case "priority":
      await tickets.change({ ticketId, priority: priorities.find((known) => known === word("value")) });
      return;
    case "category":
      await tickets.change({ ticketId, categoryId: word("value") || null });
      return;
    case "field":
      await tickets.change({ ticketId, fields: { [word("fieldId")]: word("value") || null } });
      return;
    case "parent":
      await tickets.parent.set({ ticketId, parent: numberIn(word("parent")) });
      return;
    case "watch":
      await tickets.watch.create({ ticketId });
      return;
    case "unwatch":
      await tickets.watch.delete({ ticketId });
      return;
    case "unmerge":
      await tickets.merge.delete({ ticketId });
      return;
    case "due":
      await tickets.change({ ticketId, dueAt: instantOf(word("value"), timeZone) });
      return;
    case "team":
      await tickets.assignTeam({ ticketId, teamId: word("value") || null });
      return;
    case "assignee":
      await tickets.assign({ ticketId, assigneeId: word("value") || null });
      return;
    case "close":
      await tickets.closure.create({ ticketId });
      return;
    case "reopen":
      await tickets.resolution.delete({ ticketId });
      return;
    case "ticket-note":
      await tickets.notes.create({
        ticketId,
        text: word("text"),
        attachmentIds: word("attachmentIds").split(",").filter(Boolean),
      });
      return;
    default:
      throw new Response(null, { status: 400 });
  }
}

function edit({ api, form, path }: Asked) {
  return answerForm(form, async ({ ticketId = "", subject = "", description = "" }) => {
    await api.tickets.change({ ticketId, subject, description });
    return redirect(path);
  });
}

/** Resolves and stays, or goes on to what is next. */
function resolve({ api, number, form, path }: Asked) {
  return answerForm(form, async ({ ticketId = "", notes = "", children, ...rest }) => {
    const fields = ownValuesIn(rest);
    // Asked first: once it is resolved, the ticket has left its place in the queue.
    const queue = form.has("queue") ? readQueue(new URLSearchParams(String(form.get("queue")))) : null;
    const { sort, direction } = queue ?? {};
    const inQueue = queue && { ...filterOf(queue), sort, direction };
    const next = form.has("next")
      ? await api.tickets.next({ after: number, ...(inQueue ? { queue: inQueue } : {}) })
      : null;
    await api.tickets.resolution.create({ ticketId, notes, fields, children: children !== undefined });
    if (!form.has("next")) return redirect(path);
    if (next) return redirect(path.replace(/\d+$/, String(next.number)));
    return redirect(path.replace(/\/\d+$/, "") + (queue ? queueAddress(queue) : ""));
  });
}

/** Goes to the ticket that goes on. */
function merge({ api, form, path }: Asked) {
  return answerForm(form, async ({ ticketId = "", into = "" }) => {
    const number = numberIn(into) ?? 0;
    await api.tickets.merge.create({ ticketId, into: number });
    return redirect(path.replace(/\d+$/, String(number)));
  });
}

/** Goes to the new ticket. */
function split({ api, form, path }: Asked) {
  return answerForm(form, async ({ ticketId = "", kind, from = "", subject = "" }) => {
    const words = { kind: kind === "note" ? ("note" as const) : ("message" as const), id: from };
    const { number } = await api.tickets.split({ ticketId, from: words, subject });
    return redirect(path.replace(/\d+$/, String(number)));
  });
}

function macro({ api, form, path }: Asked) {
  return answerForm(form, async ({ ticketId = "", macroId = "", key = "", silent }) => {
    await api.macros.run({ ticketId, macroId, silent: silent !== undefined, idempotencyKey: key });
    return redirect(path);
  });
}

/** The number of a ticket as people write it, with or without its `#`; null for nothing, 0 for what is none. */
function numberIn(text: string): number | null {
  const typed = text.trim().replace(/^(#|n°)\s*/i, "");
  if (typed === "") return null;
  return /^\d{1,9}$/.test(typed) ? Number(typed) : 0;
}
