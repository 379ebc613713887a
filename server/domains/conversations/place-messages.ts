import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import type { ConversationStatus } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { phoneVariants } from "#server/core/phones.ts";
import type { OpenAppointment } from "#server/domains/appointment-messages/index.ts";
import { openAppointmentSql } from "#server/domains/appointment-messages/index.ts";
import type { OpenSurvey } from "#server/domains/surveys/index.ts";
import { openSurveySql } from "#server/domains/surveys/index.ts";
import type { ChannelType, IdentityKind, PersonRef, ThreadHint } from "#server/providers/contract.ts";
import type { OwnPlace } from "./follow-merges.ts";
import { followMerges } from "./follow-merges.ts";
import type { PlaceableMail } from "./place-mails.ts";
import { placeMails } from "./place-mails.ts";
import { isQuiet, statusOfNew } from "./quiet-senders.ts";

/** A message that looks for its thread. */
export interface Placeable {
  channelId: string;
  channelType: ChannelType;
  customerId: string;
  person: PersonRef;
  occurredAt: Date;
  /** Several customers share the number: a member is asked which one it was. */
  ambiguous: boolean;
  messageId?: string;
  direction?: "in" | "out";
  /** A mail's: it has many threads with one person. */
  thread?: ThreadHint;
}

/** The conversation of a message. `customerId` is its own: a member may have given it to somebody else. */
export interface Place {
  conversationId: string;
  /** In whose thread that is read: another conversation's where it was merged. How that one stands follows. */
  threadId: string;
  customerId: string;
  isNew: boolean;
  status: ConversationStatus;
  archived: boolean;
  /** Its customer is blocked, or it is spam: what comes is kept and makes no noise. */
  quiet: boolean;
  /** The survey that a bare score answers; null: none was asked here lately. */
  survey: OpenSurvey | null;
  /** The message about an appointment that a bare answer is to; null: none was sent here lately. */
  appointment: OpenAppointment | null;
}

interface Thread extends OwnPlace {
  channelId: string;
  addressKind: string;
  addressValue: string;
}

/** What a person is best reached under, first. */
const reachable: readonly IdentityKind[] = [
  "phone",
  "whatsapp_id",
  "whatsapp_user_id",
  "instagram_id",
  "email",
  "handle",
];

/**
 * Finds or opens the conversation of each message: one per address and channel, but for mails. A person who is known
 * on the channel under another kind of address (a phone that was hidden before) keeps their thread.
 * Two statements, whatever the number of messages, and one where conversations among them were merged.
 */
export async function placeMessages(ctx: Ctx, messages: readonly Placeable[]): Promise<Place[]> {
  return followMerges(ctx, await ownPlaces(ctx, messages));
}

async function ownPlaces(ctx: Ctx, messages: readonly Placeable[]): Promise<OwnPlace[]> {
  const mails = messages.filter(isMail);
  if (mails.length === 0) return placeChats(ctx, messages);
  const chats = messages.filter((message) => !isMail(message));
  const placed = new Map<Placeable, OwnPlace>();
  (await placeMails(ctx, mails)).forEach((place, at) => placed.set(mails[at]!, place));
  if (chats.length > 0) (await placeChats(ctx, chats)).forEach((place, at) => placed.set(chats[at]!, place));
  return messages.map((message) => placed.get(message)!);
}

function isMail(message: Placeable): message is PlaceableMail {
  return message.thread !== undefined && message.messageId !== undefined && message.direction !== undefined;
}

async function placeChats(ctx: Ctx, messages: readonly Placeable[]): Promise<OwnPlace[]> {
  const known = await findThreads(ctx, messages);
  const found = messages.map((message) => threadOf(message, known));
  const opened = await openThreads(
    ctx,
    messages.filter((_, at) => !found[at]),
  );
  return messages.map(
    (message, at) => found[at] ?? opened.get(addressKey(message.channelId, addressOf(message.person)))!,
  );
}

async function findThreads(ctx: Ctx, messages: readonly Placeable[]): Promise<Thread[]> {
  const addresses = messages.flatMap((message) =>
    addressesOf(message.person).map(({ kind, value }) => ({ channel_id: message.channelId, kind, value })),
  );
  const people = messages.map((message) => ({ channel_id: message.channelId, customer_id: message.customerId }));
  const rows = await withTenant(ctx, (tx) =>
    tx.execute<Omit<Thread, "isNew"> & Record<string, unknown>>(sql`
      with found as (
        select thread.* from jsonb_to_recordset(${jsonRows(unique(addresses))}::jsonb) as wanted (channel_id uuid, kind text, value text)
         cross join lateral (
           select * from conversations
            where channel_id = wanted.channel_id and address_kind = wanted.kind and address_value = wanted.value offset 0) thread
        union
        select thread.* from jsonb_to_recordset(${jsonRows(unique(people))}::jsonb) as wanted (channel_id uuid, customer_id uuid)
         cross join lateral (
           select * from conversations where customer_id = wanted.customer_id and channel_id = wanted.channel_id offset 0) thread
      )
      select id as "conversationId", channel_id as "channelId", customer_id as "customerId", address_kind as "addressKind",
             address_value as "addressValue", status, archived, ${isQuiet("found")} as quiet, ${openSurveySql("found")} as survey,
             ${openAppointmentSql("found")} as appointment
        from found`),
  );
  return rows.map((row) => ({ ...row, isNew: false }));
}

function threadOf(message: Placeable, threads: readonly Thread[]): Thread | undefined {
  const here = threads.filter((thread) => thread.channelId === message.channelId);
  const addresses = addressesOf(message.person);
  const byAddress = addresses
    .map(({ kind, value }) => here.find((thread) => thread.addressKind === kind && thread.addressValue === value))
    .find((thread) => thread !== undefined);
  if (byAddress) return byAddress;
  const kinds = new Set<string>(addresses.map((address) => address.kind));
  return here.find((thread) => thread.customerId === message.customerId && !kinds.has(thread.addressKind));
}

async function openThreads(ctx: Ctx, messages: readonly Placeable[]): Promise<Map<string, OwnPlace>> {
  const opening = new Map<string, Placeable>();
  for (const message of messages) {
    const key = addressKey(message.channelId, addressOf(message.person));
    if (!opening.has(key)) opening.set(key, message);
  }
  if (opening.size === 0) return new Map();
  const rows = [...opening.values()].map((message) => ({
    id: newId(),
    customer_id: message.customerId,
    channel_id: message.channelId,
    channel_type: message.channelType,
    address_kind: addressOf(message.person).kind,
    address_value: addressOf(message.person).value,
    last_message_at: message.occurredAt,
    metadata: message.ambiguous ? { whichPerson: true } : {},
  }));
  const at = ctx.clock.now().toISOString();
  const opened = await withTenant(ctx, (tx) =>
    tx.execute<Thread & Record<string, unknown>>(sql`
      insert into conversations as thread
             (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, last_message_at, metadata, status, created_at,
              updated_at)
      select ${ctx.tenantId}::uuid, id, customer_id, channel_id, channel_type, address_kind, address_value, last_message_at, metadata,
             ${statusOfNew("opening")}, ${at}::timestamptz, ${at}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as opening (id uuid, customer_id uuid, channel_id uuid, channel_type text, address_kind text, address_value text,
                      last_message_at timestamptz, metadata jsonb)
       order by channel_id, address_kind, address_value
      on conflict (tenant_id, channel_id, address_kind, address_value, thread_key) do update set updated_at = thread.updated_at
      returning id as "conversationId", channel_id as "channelId", customer_id as "customerId", address_kind as "addressKind",
                address_value as "addressValue", status, archived, ${isQuiet("thread")} as quiet, null::jsonb as survey, null::jsonb as appointment, xmax = 0 as "isNew"`),
  );
  return new Map(
    opened.map((thread) => [
      addressKey(thread.channelId, { kind: thread.addressKind, value: thread.addressValue }),
      thread,
    ]),
  );
}

/** Where the person will be answered: their phone when we know it. */
function addressOf(person: PersonRef): { kind: string; value: string } {
  const address = reachable
    .map((kind) => person.identities.find((identity) => identity.kind === kind))
    .find((one) => one !== undefined);
  return address ?? { kind: "handle", value: "?" };
}

/** Every address their thread may stand under, likeliest first. */
function addressesOf(person: PersonRef): { kind: IdentityKind; value: string }[] {
  return reachable.flatMap((kind) =>
    person.identities
      .filter((identity) => identity.kind === kind)
      .flatMap(({ value }) => (kind === "phone" ? phoneVariants(value) : [value]).map((one) => ({ kind, value: one }))),
  );
}

const addressKey = (channelId: string, { kind, value }: { kind: string; value: string }) =>
  `${channelId} ${kind} ${value}`;

function unique<Row extends object>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}
