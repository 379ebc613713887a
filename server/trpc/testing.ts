import type { MadeChannel, MadeConversation, MadeCustomer, MadeMember, MadeTenant } from "#db/factories.ts";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "#db/factories.ts";
import { attachments } from "#db/schema/attachments.ts";
import { callLogs } from "#db/schema/calls.ts";
import { drafts, scheduledMessages } from "#db/schema/composer.ts";
import { customerNotes, customerTags } from "#db/schema/customers.ts";
import { quickReplies } from "#db/schema/conversations.ts";
import { labels } from "#db/schema/labels.ts";
import { macros, ticketCategories, ticketFields, ticketTemplates } from "#db/schema/ticket-forms.ts";
import { notifications, pushSubscriptions } from "#db/schema/notifications.ts";
import { savedViews } from "#db/schema/saved-views.ts";
import { teams } from "#db/schema/teams.ts";
import { mailBodies } from "#db/schema/mail.ts";
import { holidays, slaPolicies } from "#db/schema/sla.ts";
import { messageTemplates } from "#db/schema/templates.ts";
import { invitations } from "#db/schema/tenants.ts";
import { webhookReplays } from "#db/schema/webhooks.ts";
import { connectionAttempts, platformConnections } from "#db/schema/connections.ts";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import { withTenant } from "#db/tenant.ts";
import type { Role } from "#server/core/context.ts";
import { roles } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { sealFor } from "#server/domains/platform-connections/connection-seal.ts";
import { newId } from "#server/core/ids.ts";
import type { JsonObject } from "#server/providers/contract.ts";
import { ingestPosts } from "#server/domains/webhook-logs/index.ts";
import { textMessage, whatsappPost } from "#server/webhooks/testing.ts";

/** A business with one of everything that a procedure can name. */
export interface World {
  /** The owner's own. */
  teamId: string;
  viewId: string;
  tenant: MadeTenant;
  members: Record<Role, MadeMember>;
  channel: MadeChannel;
  customer: MadeCustomer;
  identityId: string;
  secondIdentityId: string;
  noteId: string;
  tag: string;
  conversation: MadeConversation;
  messageId: string;
  callId: string;
  failedMessageId: string;
  ticket: { ticketId: string; number: number };
  quickReplyId: string;
  categoryId: string;
  fieldId: string;
  ticketTemplateId: string;
  macroId: string;
  labelId: string;
  /** The line that tells how the conversation came to stand where it stands. */
  stateEventId: string;
  /** A reply of the owner's that leaves tomorrow. */
  scheduledId: string;
  /** A browser of the owner's that is woken. */
  deviceId: string;
  invitationId: string;
  webhookLogId: string;
  replayId: string;
  templateId: string;
  /** A picture of the customer's message. */
  fileId: string;
  /** One that could not be fetched. */
  failedFileId: string;
  /** What the owner attached and has not sent. */
  uploadId: string;
  connectionId: string;
  /** A change of many tickets that the owner asked for and may take back. */
  slaPolicyId: string;
  holiday: string;
  bulkId: string;
  /** Of a sign-in at Instagram that the owner has begun. */
  signInState: string;
  /** What the provider posted. */
  post: string;
}

/** `word` stands in every text of the business, so that a leak of any of them is seen. */
export async function createWorld(word: string): Promise<World> {
  const tenant = await createTenant({ name: `Maison ${word}` });
  const members = {} as Record<Role, MadeMember>;
  for (const role of roles) members[role] = await createMember(tenant, role, { name: `${role} ${word}` });
  const channel = await createChannel(tenant, { name: `Ligne ${word}`, simulated: true });
  const customer = await createCustomer(tenant, {
    displayName: `Cliente ${word}`,
    email: `${newId()}@${word}.example`,
  });
  const conversation = await createConversation(tenant, { channel, customer });
  const { messageId } = await createMessage(conversation, { text: `Bonjour ${word}` });
  const failed = await createMessage(conversation, { direction: "out", status: "failed", text: `Réponse ${word}` });
  // Numbers count up per tenant: a ticket of A that B has no namesake of.
  await createTicket(tenant, { subject: `Premier ${word}` });
  await createTicket(tenant, { subject: `Deuxième ${word}` });
  const ticket = await createTicket(tenant, {
    subject: `Panne ${word}`,
    customerId: customer.customerId,
    conversationId: conversation.conversationId,
    assigneeId: members.agent.userId,
  });
  const body = { messageId, html: `<p>Bonjour ${word}</p>`, headers: {} };
  await withTenant(tenant, (tx) => tx.insert(mailBodies).values({ tenantId: tenant.tenantId, ...body }));
  const teamId = newId();
  await withTenant(tenant, (tx) =>
    tx.insert(teams).values({ tenantId: tenant.tenantId, id: teamId, name: `Équipe ${word}` }),
  );
  const viewId = newId();
  const view = {
    id: viewId,
    ownerId: members.owner.userId,
    area: "webhook_logs" as const,
    name: `Vue ${word}`,
    query: {},
  };
  await withTenant(tenant, (tx) => tx.insert(savedViews).values({ tenantId: tenant.tenantId, ...view }));
  const post = whatsappPost({ channel, messages: [textMessage({ id: newId(), from: "33639980000", text: word })] });
  return {
    teamId,
    viewId,
    post,
    webhookLogId: await logPost(channel, post),
    tenant,
    members,
    channel,
    customer,
    conversation,
    messageId,
    callId: await addCall(channel, customer, word),
    failedMessageId: failed.messageId,
    ticket,
    tag: `tag-${word.toLowerCase()}`,
    templateId: await addTemplate(channel, word),
    ...(await addFiles(channel, messageId, members.owner, word)),
    stateEventId: await tellReopened(conversation),
    deviceId: await addDevice(tenant, members.owner, word),
    scheduledId: await planReply(conversation, members.owner, word),
    ...(await addPromise(tenant, word)),
    bulkId: await addBulkChange(tenant, members.owner, word),
    signInState: await beginSignIn(tenant, members.owner),
    ...(await addForm(tenant.tenantId, word)),
    ...(await addRest(tenant.tenantId, customer.customerId, word)),
  };
}

/** An open conversation was opened again. */
async function tellReopened(conversation: MadeConversation) {
  const before = { status: "open", archived: false, snoozedUntil: null, resolvedAt: null, resolvedBy: null };
  const data = { event: "reopened", before, after: before };
  return (await createMessage(conversation, { direction: "internal", kind: "event", text: "", data })).messageId;
}

/** A browser that is woken, and what its owner was told. */
async function addDevice({ tenantId }: MadeTenant, { userId }: MadeMember, word: string): Promise<string> {
  const id = newId();
  await withTenant({ tenantId }, async (tx) => {
    const endpoint = `https://push.example/${word}`;
    await tx.insert(pushSubscriptions).values({ tenantId, id, userId, endpoint, p256dh: "B", auth: word });
    const about = { kind: "mentioned", subject: "conversation", subjectId: newId() } as const;
    await tx.insert(notifications).values({ tenantId, id, userId, ...about, happenedAt: new Date() });
  });
  return id;
}

/** A reply that leaves tomorrow, and what else its writer was writing there. */
async function planReply({ tenantId, conversationId }: MadeConversation, { userId }: MadeMember, word: string) {
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
async function addPromise({ tenantId }: MadeTenant, word: string) {
  const slaPolicyId = newId();
  const day = new Date(Date.UTC(2030, 0, 1) + Math.floor(Math.random() * 20_000) * 86_400_000);
  const holiday = day.toISOString().slice(0, 10);
  await withTenant({ tenantId }, async (tx) => {
    const policy = { priorities: ["urgent" as const], firstResponseMinutes: 30 };
    await tx
      .insert(slaPolicies)
      .values({ tenantId, id: slaPolicyId, name: `Promesse ${word}`, position: 1, ...policy });
    await tx.insert(holidays).values({ tenantId, day: holiday, name: `Fermé ${word}` });
  });
  return { slaPolicyId, holiday };
}

async function addBulkChange({ tenantId }: MadeTenant, { userId }: MadeMember, word: string): Promise<string> {
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
async function addCall({ tenantId, channelId }: MadeChannel, { customerId }: MadeCustomer, word: string) {
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
async function logPost({ tenantId, channelId }: MadeChannel, post: string): Promise<string> {
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

async function beginSignIn({ tenantId }: MadeTenant, { userId }: MadeMember): Promise<string> {
  const state = `state-${newId()}`;
  const attempt = { tenantId, id: newId(), platform: "instagram", stateHash: digest(state), userId } as const;
  const rest = { verifier: sealFor(attempt, "x"), expiresAt: new Date(Date.now() + 600_000) };
  await withTenant({ tenantId }, (tx) => tx.insert(connectionAttempts).values({ ...attempt, ...rest }));
  return state;
}

async function addTemplate({ tenantId, channelId }: MadeChannel, word: string): Promise<string> {
  const id = newId();
  const text = { name: "rappel", language: "fr", body: `Rappel de ${word}`, status: "approved" as const };
  await withTenant({ tenantId }, (tx) => tx.insert(messageTemplates).values({ tenantId, id, channelId, ...text }));
  return id;
}

async function addFiles({ tenantId, channelId }: MadeChannel, messageId: string, { userId }: MadeMember, word: string) {
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
async function addForm(tenantId: string, word: string) {
  const [categoryId, fieldId, ticketTemplateId, macroId] = [newId(), newId(), newId(), newId()];
  await withTenant({ tenantId }, async (tx) => {
    await tx.insert(ticketCategories).values({ tenantId, id: categoryId, name: `Sujet ${word}` });
    await tx.insert(ticketFields).values({ tenantId, id: fieldId, name: `Champ ${word}`, type: "text" });
    await tx.insert(ticketTemplates).values({ tenantId, id: ticketTemplateId, name: `Modèle ${word}`, categoryId });
    await tx.insert(macros).values({ tenantId, id: macroId, name: `Macro ${word}`, actions: { note: word } });
  });
  return { categoryId, fieldId, ticketTemplateId, macroId };
}

async function addRest(tenantId: string, customerId: string, word: string) {
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
    const rows = await tx.raw.unsafe<{ id: string }[]>(
      "select id from customer_identities where customer_id = $1 order by kind desc",
      [customerId],
    );
    const [identityId = "", secondIdentityId = ""] = rows.map((row) => row.id);
    return { noteId, quickReplyId, labelId, invitationId, replayId, connectionId, identityId, secondIdentityId };
  });
}

/** Everything that a tenant holds, table by table, as text. */
export async function dumpOf(tenantId: string, tables: readonly string[]): Promise<Record<string, string>> {
  return withTenant({ tenantId }, async (tx) => {
    const dump: Record<string, string> = {};
    for (const table of tables) {
      const rows = await tx.raw.unsafe<{ row: string }[]>(
        `select to_jsonb(held)::text as row from "${table}" held order by 1`,
      );
      dump[table] = rows.map((row) => row.row).join("\n");
    }
    return dump;
  });
}
