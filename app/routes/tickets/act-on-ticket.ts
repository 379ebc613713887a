import { redirect } from "react-router";

import { refusalOf, type Refusal } from "#app/context.ts";
import { answerForm } from "#app/shell/answer-form.ts";
import type { Caller } from "#server/trpc/root.ts";

import { act } from "../inbox/act.ts";
import { instantOf } from "./due-time.ts";
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
  if (intent === "edit") return edit(asked);
  if (intent === "resolve") return resolve(asked);
  try {
    await perform(asked, intent);
    return { ok: true } satisfies TicketAnswer;
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal || refusal.code === "not_found" || refusal.code === "unauthenticated") throw thrown;
    return { ok: false, ...refusal } satisfies TicketAnswer;
  }
}

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
    case "due":
      await tickets.change({ ticketId, dueAt: instantOf(word("value"), timeZone) });
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
      await tickets.notes.create({ ticketId, text: word("text") });
      return;
    default:
      throw new Response(null, { status: 400 });
  }
}

function edit({ api, form, path }: Asked) {
  return answerForm(form, async ({ ticketId = "", subject = "", description = "", category = "" }) => {
    await api.tickets.change({ ticketId, subject, description, category: category || null });
    return redirect(path);
  });
}

/** Resolves and stays, or goes on to what is next. */
function resolve({ api, number, form, path }: Asked) {
  return answerForm(form, async ({ ticketId = "", notes = "" }) => {
    await api.tickets.resolution.create({ ticketId, notes });
    if (!form.has("next")) return redirect(path);
    const next = await api.tickets.next({ after: number });
    return redirect(next ? path.replace(/\d+$/, String(next.number)) : path.replace(/\/\d+$/, ""));
  });
}
