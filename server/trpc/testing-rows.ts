import type { MadeChannel, MadeConversation, MadeCustomer, MadeMember, MadeTenant } from "#db/factories.ts";
import { createConversation, createMessage } from "#db/factories.ts";
import { count } from "#db/factories-values.ts";
import { attachments } from "#db/schema/attachments.ts";
import { automationRules, automationRuns } from "#db/schema/automation.ts";
import { callLogs } from "#db/schema/calls.ts";
import { drafts, scheduledMessages } from "#db/schema/composer.ts";
import { customerIdentities, customerNotes, customerTags } from "#db/schema/customers.ts";
import { quickReplies } from "#db/schema/quick-replies.ts";
import { labels } from "#db/schema/labels.ts";
import { macros, ticketCategories, ticketFields, ticketTemplates } from "#db/schema/ticket-forms.ts";
import { notifications, pushSubscriptions } from "#db/schema/notifications.ts";
import { holidays, slaPolicies } from "#db/schema/sla.ts";
import { surveyChannels, surveys } from "#db/schema/surveys.ts";
import { messageTemplates } from "#db/schema/templates.ts";
import { invitations } from "#db/schema/tenants.ts";
import { webhookReplays } from "#db/schema/webhooks.ts";
import { connectionAttempts, platformConnections } from "#db/schema/connections.ts";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import { withTenant } from "#db/tenant.ts";
import { digest } from "#server/core/crypto.ts";
import { sealFor } from "#server/domains/platform-connections/connection-seal.ts";
import { newId } from "#server/core/ids.ts";
import type { JsonObject } from "#server/providers/contract.ts";
import { ingestPosts } from "#server/domains/webhook-logs/index.ts";

/** An open conversation was opened again. */
export async function tellReopened(conversation: MadeConversation) {
  const before = { status: "open", archived: false, snoozedUntil: null, resolvedAt: null, resolvedBy: null };
  const data = { event: "reopened", before, after: before };
  return (await createMessage(conversation, { direction: "internal", kind: "event", text: "", data })).messageId;
}

/** A browser that is woken, and what its owner was told. */
export async function addDevice({ tenantId }: MadeTenant, { userId }: MadeMember, word: string) {
  const [deviceId, notificationId] = [newId(), newId()];
  await withTenant({ tenantId }, async (tx) => {
    const endpoint = `https://push.example/${word}`;
    await tx.insert(pushSubscriptions).values({ tenantId, id: deviceId, userId, endpoint, p256dh: "B", auth: word });
    const about = { kind: "mentioned", subject: "conversation", subjectId: newId() } as const;
    await tx.insert(notifications).values({ tenantId, id: notificationId, userId, ...about, happenedAt: new Date() });
  });
  return { deviceId, notificationId };
}

/** A customer's answer to a survey about a ticket, and what a channel asks. */
export async function addSurvey(
  { tenantId, conversationId, customerId, channelType }: MadeConversation,
  { ticketId }: { ticketId: string },
  { userId: memberId }: MadeMember,
  word: string,
): Promise<void> {
  const now = new Date();
  const about = {
    conversationId,
    customerId,
    channelType,
    ticketId,
    memberId,
    resolvedAt: now,
    dueAt: now,
    askedAt: now,
  };
  const answer = { status: "answered" as const, score: 2, comment: `Déçu ${word}`, answeredAt: now };
  await withTenant({ tenantId }, async (tx) => {
    await tx.insert(surveys).values({ tenantId, id: newId(), ...about, ...answer });
    await tx.insert(surveyChannels).values({ tenantId, channelType: "email", questionFr: `Contents ${word} ?` });
  });
}

/** A reply that leaves tomorrow, and what else its writer was writing there. */
export async function planReply({ tenantId, conversationId }: MadeConversation, { userId }: MadeMember, word: string) {
  const id = newId();
  const scheduledFor = new Date(Date.now() + 86_400_000);
  await withTenant({ tenantId }, async (tx) => {
    const where = { tenantId, conversationId };
    const planned = { id, authorId: userId, text: `Plus tard ${word}`, idempotencyKey: id, scheduledFor, held: false };
    await tx.insert(scheduledMessages).values({ ...where, ...planned });
    await tx.insert(drafts).values({ ...where, userId, text: `Brouillon ${word}` });
  });
  return id;
}

/** What is promised, and a day off that no other business has. */
export async function addPromise({ tenantId }: MadeTenant, word: string) {
  const slaPolicyId = newId();
  const holiday = new Date(Date.UTC(2030, 0, count())).toISOString().slice(0, 10);
  await withTenant({ tenantId }, async (tx) => {
    const policy = { tenantId, priorities: ["urgent" as const], firstResponseMinutes: 30 };
    await tx.insert(slaPolicies).values([
      { ...policy, id: newId(), name: `Première promesse ${word}`, position: 1 },
      { ...policy, id: slaPolicyId, name: `Promesse ${word}`, position: 2 },
    ]);
    await tx.insert(holidays).values({ tenantId, day: holiday, name: `Fermé ${word}` });
  });
  return { slaPolicyId, holiday };
}

/** A rule that rests, and what it once did. */
export async function addRule({ tenantId }: MadeTenant, word: string): Promise<string> {
  const ruleId = newId();
  await withTenant({ tenantId }, async (tx) => {
    const rule = { event: "message_received" as const, actions: [{ do: "note" as const, value: `Vu ${word}` }] };
    await tx.insert(automationRules).values({ ...rule, tenantId, id: ruleId, name: `Règle ${word}`, position: 0 });
    const run = { originId: newId(), depth: 0, event: rule.event, outcome: "done" as const };
    await tx
      .insert(automationRuns)
      .values({ ...run, tenantId, id: newId(), ruleId, steps: [{ do: "assignee", to: word }] });
  });
  return ruleId;
}

export async function addBulkChange({ tenantId }: MadeTenant, { userId }: MadeMember, word: string): Promise<string> {
  const id = newId();
  const now = new Date();
  const over = { status: "done", total: 1, changed: 1, lastId: id, startedAt: now, steppedAt: now } as const;
  const asked = { filter: { view: "all", search: word }, change: { status: "closed" }, requestedBy: userId };
  const undoUntil = new Date(now.getTime() + 3_600_000);
  await withTenant({ tenantId }, (tx) =>
    tx.insert(ticketBulkChanges).values({ tenantId, id, ...asked, ...over, finishedAt: now, undoUntil }),
  );
  return id;
}

/** A call that was spoken on and is over. */
export async function addCall({ tenantId, channelId }: MadeChannel, { customerId }: MadeCustomer, word: string) {
  const id = newId();
  const call = {
    channelId,
    customerId,
    provider: "vapi",
    externalId: id,
    direction: "in",
    status: "completed",
  } as const;
  const said = {
    startedAt: new Date(),
    reconcileAt: new Date(),
    summary: `Appel ${word}`,
    transcript: [{ speaker: "agent" as const, text: word, at: 1 }],
  };
  await withTenant({ tenantId }, (tx) => tx.insert(callLogs).values({ tenantId, id, ...call, ...said }));
  return id;
}

/** A post that could not be verified, with its one event. */
export async function logPost({ tenantId, channelId }: MadeChannel, post: string): Promise<string> {
  const id = newId();
  const body = new TextEncoder().encode(post);
  const rest = { channelId, status: "rejected", reason: "missing_signature", externalId: id, dedupeKey: id } as const;
  const whose = { customerIdentifier: "33639980000", account: null, occurredAt: null, source: null };
  const event = { id, tenantId, type: "message.text", payload: JSON.parse(post) as JsonObject, ...rest, ...whose };
  const delivery = { id: newId(), tenantId, provider: "whatsapp", path: "/webhooks/whatsapp", headers: {}, body };
  const outcome = { bodyBytes: body.length, verified: false, reason: rest.reason, receivedAt: new Date() };
  await ingestPosts([{ ...delivery, ...outcome, events: [event] }]);
  return id;
}

export async function beginSignIn({ tenantId }: MadeTenant, { userId }: MadeMember): Promise<string> {
  const state = `state-${newId()}`;
  const attempt = { tenantId, id: newId(), platform: "instagram", stateHash: digest(state), userId } as const;
  const rest = { verifier: sealFor(attempt, "x"), expiresAt: new Date(Date.now() + 600_000) };
  await withTenant({ tenantId }, (tx) => tx.insert(connectionAttempts).values({ ...attempt, ...rest }));
  return state;
}

export async function addTemplate({ tenantId, channelId }: MadeChannel, word: string): Promise<string> {
  const id = newId();
  const text = { name: "rappel", language: "fr", body: `Rappel de ${word}`, status: "approved" as const };
  await withTenant({ tenantId }, (tx) => tx.insert(messageTemplates).values({ tenantId, id, channelId, ...text }));
  return id;
}

export async function addFiles(
  { tenantId, channelId }: MadeChannel,
  messageId: string,
  { userId }: MadeMember,
  word: string,
) {
  const [fileId, failedFileId, uploadId] = [newId(), newId(), newId()];
  const file = { tenantId, kind: "image", fileName: `${word}.png`, mimeType: "image/png", bytes: 64 } as const;
  const kept = (id: string) => ({ id, status: "stored", sha256: digest(id), storageKey: `${tenantId}/${id}` }) as const;
  const source = { kind: "image", mediaId: newId() };
  await withTenant({ tenantId }, async (tx) => {
    await tx.insert(attachments).values({ ...file, ...kept(fileId), messageId, channelId });
    await tx.insert(attachments).values({ ...file, ...kept(uploadId), uploadedBy: userId });
    await tx.insert(attachments).values({ ...file, id: failedFileId, messageId, channelId, status: "failed", source });
  });
  return { fileId, failedFileId, uploadId };
}

/** What the business asks of its tickets. */
export async function addForm(tenantId: string, word: string) {
  const [categoryId, fieldId, ticketTemplateId, macroId] = [newId(), newId(), newId(), newId()];
  await withTenant({ tenantId }, async (tx) => {
    await tx.insert(ticketCategories).values({ tenantId, id: categoryId, name: `Sujet ${word}` });
    await tx.insert(ticketFields).values({ tenantId, id: fieldId, name: `Champ ${word}`, type: "text" });
    await tx.insert(ticketTemplates).values({ tenantId, id: ticketTemplateId, name: `Modèle ${word}`, categoryId });
    await tx.insert(macros).values({ tenantId, id: macroId, name: `Macro ${word}`, actions: { note: word } });
  });
  return { categoryId, fieldId, ticketTemplateId, macroId };
}

export async function addRest(tenantId: string, customerId: string, word: string) {
  const [noteId, quickReplyId, labelId, invitationId, replayId] = [newId(), newId(), newId(), newId(), newId()];
  return withTenant({ tenantId }, async (tx) => {
    await tx.insert(customerNotes).values({ tenantId, id: noteId, customerId, content: `Note ${word}` });
    await tx.insert(customerTags).values({ tenantId, customerId, tag: `tag-${word.toLowerCase()}` });
    await tx
      .insert(quickReplies)
      .values({ tenantId, id: quickReplyId, shortcut: "merci", template: `Merci de ${word}` });
    await tx.insert(labels).values({ tenantId, id: labelId, name: `Label ${word}`, colour: "blue" });
    await tx.insert(invitations).values({
      tenantId,
      id: invitationId,
      email: `invited@${word}.example`,
      role: "agent",
      tokenHash: newId(),
      expiresAt: new Date(Date.now() + 86_400_000),
    });
    const over = { status: "done", total: 1, lastId: newId(), startedAt: new Date(), steppedAt: new Date() } as const;
    await tx.insert(webhookReplays).values({ tenantId, id: replayId, filter: {}, ...over });
    const connectionId = newId();
    const connection = { platform: "instagram", accountId: newId(), accountName: `compte.${word}` } as const;
    const choices = [{ id: "1", name: word, title: null, fields: {} }];
    await tx.insert(platformConnections).values({ tenantId, id: connectionId, ...connection, metadata: { choices } });
    const secondIdentityId = newId();
    const other = { kind: "email", value: `second-${customerId}@${word}.example` } as const;
    await tx.insert(customerIdentities).values({ tenantId, id: secondIdentityId, customerId, ...other });
    return { noteId, quickReplyId, labelId, invitationId, replayId, connectionId, secondIdentityId };
  });
}

/** Two more conversations of a customer, one of which goes on in the other. */
export async function addMerge(
  tenant: MadeTenant,
  of: { channel: MadeChannel; customer: MadeCustomer },
): Promise<{ mergedId: string; mergedIntoId: string }> {
  const into = await createConversation(tenant, { ...of, addressKind: "handle", addressValue: newId() });
  const before = { status: "open" as const, archived: false, snoozedUntil: null, resolvedAt: null, resolvedBy: null };
  const { conversationId: mergedId } = await createConversation(tenant, {
    ...of,
    addressKind: "handle",
    addressValue: newId(),
    status: "merged",
    mergedIntoId: into.conversationId,
    threadId: into.conversationId,
    mergedState: {
      at: new Date().toISOString(),
      before,
      opened: null,
      labels: [],
      drafts: [],
      assigneeId: null,
      teamId: null,
    },
  });
  return { mergedId, mergedIntoId: into.conversationId };
}
