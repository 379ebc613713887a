import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { openSurveySql } from "#server/domains/surveys/index.ts";
import { ownMessageOf } from "#server/mail/index.ts";
import type { ThreadHint } from "#server/providers/contract.ts";
import type { OwnPlace } from "./follow-merges.ts";
import type { Placeable } from "./place-messages.ts";
import { isQuiet, statusOfNew } from "./quiet-senders.ts";

/** A mail that looks for its thread. */
export interface PlaceableMail extends Placeable {
  messageId: string;
  direction: "in" | "out";
  thread: ThreadHint;
}

interface Thread extends OwnPlace {
  channelId: string;
  addressValue: string;
  threadKey: string;
  participants: string[];
}

/** A thread, known or about to be opened, with what this batch adds to it. */
interface Candidate {
  thread: Thread;
  joined: Set<string>;
  opening: PlaceableMail | null;
}

const mostReferences = 20;
const mostParticipants = 100;

/**
 * Finds or opens the conversation of each mail: by what it answers, the newest first, then by the token
 * of our reply address; never by its subject. Whoever wrote must be in that thread already: knowing a
 * Message-ID opens nobody's conversation. A new thread is named after the first mail it speaks of, so
 * that mails which overtook one another meet again. Three statements, whatever the number of mails.
 */
export async function placeMails(ctx: Ctx, mails: readonly PlaceableMail[]): Promise<OwnPlace[]> {
  if (mails.length === 0) return [];
  const known = await findThreads(ctx, mails);
  const chosen = new Map<PlaceableMail, Candidate>();
  for (const mail of mails.toSorted((a, b) => Number(a.occurredAt) - Number(b.occurredAt))) {
    const candidate = threadOf(mail, known) ?? openingFor(mail, known);
    for (const address of everybodyIn(mail)) candidate.joined.add(address);
    for (const id of [mail.messageId, ...mail.thread.references]) add(known, keyOf(mail.channelId, id), candidate);
    chosen.set(mail, candidate);
  }
  const used = new Set(chosen.values());
  await openThreads(
    ctx,
    [...used].filter(({ opening }) => opening !== null),
  );
  await joinThreads(
    ctx,
    [...used].filter(({ opening }) => opening === null),
  );
  return mails.map((mail) => placeOf(chosen.get(mail)!.thread));
}

type Known = Map<string, Candidate[]>;

/** Threads that hold a mail which is answered, that bear a mail's name, or that a reply address names. */
async function findThreads(ctx: Ctx, mails: readonly PlaceableMail[]): Promise<Known> {
  const answered = mails.flatMap(({ channelId, thread }) =>
    thread.references.slice(0, mostReferences).map((id) => ({ channel_id: channelId, id, own: ownMessageOf(id) })),
  );
  const named = mails.map(({ channelId, messageId }) => ({ channel_id: channelId, id: messageId }));
  const tokens = mails.flatMap(({ channelId, thread }) =>
    thread.token ? [{ channel_id: channelId, id: thread.token }] : [],
  );
  const rows = await withTenant(ctx, (tx) =>
    tx.execute<Omit<Thread, "isNew"> & { named: string }>(sql`
      with answered as (
        select distinct * from jsonb_to_recordset(${jsonRows(answered)}::jsonb) as answered (channel_id uuid, id text, own uuid)
      ), wanted (channel_id, named, conversation_id) as (
        select answered.channel_id, answered.id, message.conversation_id from answered
         cross join lateral (
           select conversation_id from messages where channel_id = answered.channel_id and external_id = answered.id offset 0) message
        union
        select answered.channel_id, answered.id, message.conversation_id from answered
         cross join lateral (select conversation_id, channel_id from messages where id = answered.own offset 0) message
         where message.channel_id = answered.channel_id
        union
        select named.channel_id, named.id, thread.id
          from (select channel_id, id from answered
                union
                select * from jsonb_to_recordset(${jsonRows(named)}::jsonb) as named (channel_id uuid, id text)) named
         cross join lateral (
           select id from conversations
            where channel_id = named.channel_id and thread_key = named.id and thread_key <> '' limit 20) thread
        union
        select channel_id, id::text, id from jsonb_to_recordset(${jsonRows(tokens)}::jsonb) as token (channel_id uuid, id uuid)
      )
      select wanted.named, thread.id as "conversationId", thread.channel_id as "channelId", thread.customer_id as "customerId",
             thread.address_value as "addressValue", thread.thread_key as "threadKey", thread.participants, thread.status, thread.archived,
             ${isQuiet("thread")} as quiet, ${openSurveySql("thread")} as survey, null::jsonb as appointment
        from wanted
       cross join lateral (select * from conversations where id = wanted.conversation_id offset 0) thread
       where thread.channel_id = wanted.channel_id`),
  );
  const candidates = new Map<string, Candidate>();
  const known: Known = new Map();
  for (const { named: id, ...row } of rows) {
    const candidate = candidates.get(row.conversationId) ?? {
      thread: { ...row, isNew: false },
      joined: new Set<string>(),
      opening: null,
    };
    candidates.set(row.conversationId, candidate);
    add(known, keyOf(row.channelId, id), candidate);
  }
  return known;
}

function threadOf(mail: PlaceableMail, known: Known): Candidate | undefined {
  const { references, token } = mail.thread;
  const names = [...references.slice(0, mostReferences), ...(token ? [token] : []), mail.messageId];
  return names
    .flatMap((name) => known.get(keyOf(mail.channelId, name)) ?? [])
    .find((candidate) => isIn(mail, candidate));
}

/** Who wrote to us is in the thread; of our own mail, somebody it went to. */
function isIn(mail: PlaceableMail, { thread, joined }: Candidate): boolean {
  const wrote = mail.person.identities.map(({ value }) => value);
  const speaking = mail.direction === "in" ? wrote : [...wrote, ...mail.thread.participants];
  return speaking.some(
    (address) => address === thread.addressValue || thread.participants.includes(address) || joined.has(address),
  );
}

/** A thread of its own, named after the oldest mail that it goes back to. */
function openingFor(mail: PlaceableMail, known: Known): Candidate {
  const threadKey = mail.thread.references.at(-1) ?? mail.messageId;
  const thread: Thread = {
    conversationId: newId(),
    channelId: mail.channelId,
    customerId: mail.customerId,
    addressValue: mail.person.identities.find(({ kind }) => kind === "email")?.value ?? "?",
    threadKey,
    participants: [],
    isNew: true,
    status: "open",
    archived: false,
    quiet: false,
    survey: null,
    appointment: null,
  };
  const opening: Candidate = { thread, joined: new Set(), opening: mail };
  add(known, keyOf(mail.channelId, threadKey), opening);
  return opening;
}

async function openThreads(ctx: Ctx, openings: readonly Candidate[]): Promise<void> {
  if (openings.length === 0) return;
  const rows = openings.map(({ thread, joined, opening }) => ({
    id: thread.conversationId,
    customer_id: thread.customerId,
    channel_id: thread.channelId,
    channel_type: opening!.channelType,
    address_value: thread.addressValue,
    thread_key: thread.threadKey,
    subject: opening!.thread.subject,
    participants: [...joined].slice(0, mostParticipants),
    last_message_at: opening!.occurredAt,
    metadata: opening!.ambiguous ? { whichPerson: true } : {},
  }));
  const at = ctx.clock.now().toISOString();
  const opened = await withTenant(ctx, (tx) =>
    tx.execute<Omit<Thread, "participants"> & Record<string, unknown>>(sql`
      insert into conversations as thread
             (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, thread_key, subject, participants,
              last_message_at, metadata, status, created_at, updated_at)
      select ${ctx.tenantId}::uuid, id, customer_id, channel_id, channel_type, 'email', address_value, thread_key, subject,
             array(select jsonb_array_elements_text(participants)), last_message_at, metadata,
             ${statusOfNew("opening")}, ${at}::timestamptz, ${at}::timestamptz
        from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
          as opening (id uuid, customer_id uuid, channel_id uuid, channel_type text, address_value text, thread_key text, subject text,
                      participants jsonb, last_message_at timestamptz, metadata jsonb)
       order by channel_id, address_value, thread_key
      on conflict (tenant_id, channel_id, address_kind, address_value, thread_key) do update set updated_at = thread.updated_at
      returning id as "conversationId", channel_id as "channelId", customer_id as "customerId", address_value as "addressValue",
                thread_key as "threadKey", status, archived, ${isQuiet("thread")} as quiet, xmax = 0 as "isNew"`),
  );
  const byName = new Map(opened.map((row) => [`${row.channelId} ${row.addressValue} ${row.threadKey}`, row]));
  for (const { thread } of openings) {
    Object.assign(thread, byName.get(`${thread.channelId} ${thread.addressValue} ${thread.threadKey}`));
  }
}

/** Whoever was written to, or copied, belongs to the thread from now on. */
async function joinThreads(ctx: Ctx, candidates: readonly Candidate[]): Promise<void> {
  const rows = candidates.flatMap(({ thread, joined }) => {
    const fresh = [...joined].filter((address) => !thread.participants.includes(address));
    const participants = [...thread.participants, ...fresh].slice(0, mostParticipants);
    return participants.length > thread.participants.length ? [{ id: thread.conversationId, participants }] : [];
  });
  if (rows.length === 0) return;
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      update conversations thread set participants = array(select jsonb_array_elements_text(joined.participants))
        from jsonb_to_recordset(${jsonRows(rows.toSorted((a, b) => a.id.localeCompare(b.id)))}::jsonb) as joined (id uuid, participants jsonb)
       where thread.id = joined.id`),
  );
}

function everybodyIn({ person, thread }: PlaceableMail): string[] {
  return [...person.identities.map(({ value }) => value), ...thread.participants];
}

function placeOf({
  conversationId,
  customerId,
  isNew,
  status,
  archived,
  quiet,
  survey,
  appointment,
}: Thread): OwnPlace {
  return { conversationId, customerId, isNew, status, archived, quiet, survey, appointment };
}

function add(known: Known, key: string, candidate: Candidate): void {
  const before = known.get(key);
  if (!before) known.set(key, [candidate]);
  else if (!before.includes(candidate)) before.push(candidate);
}

const keyOf = (channelId: string, id: string) => `${channelId} ${id}`;
