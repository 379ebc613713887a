import type { MadeChannel, MadeConversation, MadeCustomer, MadeMember, MadeTenant } from "#db/factories.ts";
import { createProspect } from "#db/factories-prospects.ts";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "#db/factories.ts";
import { savedViews } from "#db/schema/saved-views.ts";
import { teams } from "#db/schema/teams.ts";
import { mailBodies } from "#db/schema/mail.ts";
import { withTenant } from "#db/tenant.ts";
import type { Role } from "#server/core/context.ts";
import { roles } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { addAppointments } from "./testing-appointments.ts";
import {
  addMerge,
  addBulkChange,
  addCall,
  addDevice,
  addFiles,
  addForm,
  addPromise,
  addRule,
  addRest,
  addTemplate,
  beginSignIn,
  logPost,
  planReply,
  tellReopened,
  addSurvey,
} from "./testing-rows.ts";

/** A business with one of everything that a procedure can name. */
export interface World {
  /** The owner's own. */
  teamId: string;
  viewId: string;
  tenant: MadeTenant;
  members: Record<Role, MadeMember>;
  channel: MadeChannel;
  customer: MadeCustomer;
  /** An address that is not the one they are written to first. */
  secondIdentityId: string;
  noteId: string;
  tag: string;
  conversation: MadeConversation;
  messageId: string;
  /** The last that was said in the conversation. */
  latestMessageId: string;
  /** A line that a voice agent answers. */
  voiceChannelId: string;
  callId: string;
  /** What the agent and the manager offer; the agent has an appointment, and another time is kept for nobody yet. */
  serviceId: string;
  appointmentId: string;
  prospectId: string;
  holdId: string;
  /** Of the agent. */
  timeOffId: string;
  /** What the customer is still to be told of the appointment, and their place among those who wait. */
  owedMessageId: string;
  entryId: string;
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
  /** A conversation that was merged, and another of the same customer that it goes on in. */
  mergedId: string;
  mergedIntoId: string;
  /** A reply of the owner's that leaves tomorrow. */
  scheduledId: string;
  /** A browser of the owner's that is woken. */
  deviceId: string;
  /** What the owner was told. */
  notificationId: string;
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
  ruleId: string;
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
  await addSurvey(conversation, ticket, members.agent, word);
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
    latestMessageId: failed.messageId,
    voiceChannelId: (await createChannel(tenant, { provider: "vapi", name: `Voix ${word}` })).channelId,
    callId: await addCall(channel, customer, word),
    failedMessageId: failed.messageId,
    ticket,
    tag: `tag-${word.toLowerCase()}`,
    templateId: await addTemplate(channel, word),
    ...(await addFiles(channel, messageId, members.owner, word)),
    ...(await addMerge(tenant, { channel, customer })),
    stateEventId: await tellReopened(conversation),
    ...(await addDevice(tenant, members.owner, word)),
    scheduledId: await planReply(conversation, members.owner, word),
    ...(await addPromise(tenant, word)),
    ...(await addAppointments(tenant, members, customer, word)),
    ...(await createProspect(tenant, {
      customerId: customer.customerId,
      interest: `Lampes ${word}`,
      place: word,
      notes: word,
    })),
    ruleId: await addRule(tenant, word),
    bulkId: await addBulkChange(tenant, members.owner, word),
    signInState: await beginSignIn(tenant, members.owner),
    ...(await addForm(tenant.tenantId, word)),
    ...(await addRest(tenant.tenantId, customer.customerId, word)),
  };
}

/** Everything that a tenant holds, table by table, as text; in one statement, for it is asked for a thousand times. */
export async function dumpOf(tenantId: string, tables: readonly string[]): Promise<Record<string, string>> {
  const dumps = tables.map(
    (table) =>
      `select '${table}' as name, coalesce(string_agg(line, e'\\n' order by line), '') as lines
         from (select to_jsonb(held)::text as line from "${table}" held) as lines_of_one`,
  );
  const rows = await withTenant({ tenantId }, (tx) =>
    tx.raw.unsafe<{ name: string; lines: string }[]>(dumps.join(" union all "), [], { prepare: true }),
  );
  return Object.fromEntries(rows.map(({ name, lines }) => [name, lines]));
}
