import type { ActionResult } from "./act.ts";
import type { OutgoingEntry } from "./outgoing-store.ts";
import { variableFields } from "./template-values.ts";

/** Longer than the server takes; a line that says nothing for so long is lost. */
const patienceMs = 20_000;

/** Hands an entry to the server. `lost`: nobody knows whether it arrived; its key lets it be tried again. */
export async function post(slug: string, entry: OutgoingEntry): Promise<ActionResult | "lost"> {
  try {
    const response = await fetch(`/t/${slug}/inbox/${entry.conversationId}/outgoing`, {
      method: "POST",
      body: new URLSearchParams(fieldsOf(entry)),
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.ok) return (await response.json()) as ActionResult;
    // Who is not signed in any more signs in again, and it leaves then.
    if (response.status >= 500 || response.status === 401 || response.status === 429) return "lost";
    const { code = "invalid", reason = "invalid" } = (await response.json().catch(() => ({}))) as Partial<Refused>;
    return { ok: false, code, reason, fields: {} };
  } catch {
    return "lost";
  }
}

interface Refused {
  code: string;
  reason: string;
}

function fieldsOf({
  key,
  note,
  text,
  replyTo,
  seenId,
  template,
  files,
  mail,
  later,
}: OutgoingEntry): Record<string, string> {
  if (template) return { intent: "template", key, templateId: template.id, ...variableFields(template.values) };
  const attachmentIds = files?.flatMap((file) => file.attachmentId ?? []).join(",") ?? "";
  return {
    intent: note ? "note" : later ? "later" : "hold",
    key,
    text,
    replyTo: replyTo?.id ?? "",
    seenId: seenId ?? "",
    attachmentIds,
    ...mail,
    ...(later ? { sendAt: later.sendAt, unlessAnswered: later.unlessAnswered ? "yes" : "" } : {}),
  };
}
