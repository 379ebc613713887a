import { sql } from "drizzle-orm";
import { cursorOf } from "#db/keyset.ts";
import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import type { ConversationStatus } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { Label } from "#server/domains/labels/index.ts";
import { conditionsOf } from "./conversation-filter.ts";
import type { ConversationCounts } from "./count-conversations.ts";
import { countConversations } from "./count-conversations.ts";
import type { InboxView } from "./inbox-views.ts";
import { inboxViews } from "./inbox-views.ts";
import { placeInTime } from "./place-in-time.ts";
import { windowEnd } from "./reply-rules.ts";
import type { ConversationFilter, ConversationView, ListConversationsInput } from "./schemas.ts";
import { listConversationsInput } from "./schemas.ts";

export interface ConversationListRow {
  id: string;
  status: ConversationStatus;
  archived: boolean;
  snoozedUntil: Date | null;
  labels: Label[];
  customer: { id: string; name: string };
  channel: { id: string; type: string; name: string };
  assignee: { id: string; name: string } | null;
  /** Its team's name. */
  team: string | null;
  unreadCount: number;
  preview: string;
  /** How what the member is writing there begins; null when nothing. */
  draft: string | null;
  previewDirection: "in" | "out";
  lastMessageAt: Date;
  /** Since when the customer waits for us; null when they do not. */
  waitingSince: Date | null;
  /** When free text stops being allowed; null on a channel without a window. */
  windowEndsAt: Date | null;
}

export interface ConversationList {
  rows: ConversationListRow[];
  /** Asks for the next page; null on the last one. */
  nextCursor: string | null;
  counts: ConversationCounts;
  /** The member's own saved views and everybody's. */
  views: InboxView[];
}

/** Customers that a search looks at, best first. */
const mostFound = 300;

/** One page of conversations, newest message first, with the counts of the views. Two or three statements. */
export async function listConversations(ctx: Ctx, input: ListConversationsInput = {}): Promise<ConversationList> {
  const { view, filter, query, cursor, among, limit } = listConversationsInput.parse(input);
  const after = cursor ? placeInTime(cursor) : null;
  return withTenant(ctx, async (tx) => {
    const around = Promise.all([countConversations({ ...ctx, tx }), cursor ? [] : inboxViews(ctx, tx)]);
    // Told by the page when that fails first.
    around.catch(() => undefined);
    const found = query === "" ? null : await searchCustomers(tx, query);
    const rows =
      found?.length === 0 ? [] : await readPage(ctx, tx, { view, filter, found, after, among, most: limit + 1 });
    const page = rows.slice(0, limit);
    const [counts, views] = await around;
    const last = page.at(-1);
    return {
      rows: page.map(shape),
      nextCursor: rows.length > limit && last ? cursorOf(last.lastMessageAt, last.id) : null,
      counts,
      views,
    };
  });
}

/** The conversations of some customers, newest message first, as the list shows them. One statement. */
export async function listConversationsOf(
  ctx: Ctx,
  { customerIds, limit }: { customerIds: string[]; limit: number },
): Promise<ConversationListRow[]> {
  if (customerIds.length === 0) return [];
  const wanted: Wanted = { view: "open", filter: {}, found: customerIds, after: null, among: undefined, most: limit };
  return withTenant(ctx, async (tx) => (await readPage(ctx, tx, wanted)).map(shape));
}

async function searchCustomers(tx: TenantTx, query: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from door.search_customers(${query}, ${mostFound}, true)`,
  );
  return rows.map((row) => row.id);
}

interface Wanted {
  view: ConversationView;
  filter: ConversationFilter;
  found: string[] | null;
  after: { at: Date; id: string } | null;
  among: string[] | undefined;
  most: number;
}

async function readPage(
  ctx: Ctx,
  tx: TenantTx,
  { view, filter, found, after, among, most }: Wanted,
): Promise<PageRow[]> {
  const params: unknown[] = [tx.tenantId];
  // A search looks through every view.
  const where = found
    ? [`customer_id = any($${params.push(found)}::uuid[])`, "status <> 'merged'"]
    : conditionsOf(view, filter, { me: memberId(ctx), now: ctx.clock.now() }, params);
  if (after)
    where.push(`(last_message_at, id) < ($${params.push(after.at)}::timestamptz, $${params.push(after.id)}::uuid)`);
  if (among) where.push(`id = any($${params.push(among)}::uuid[])`);
  return tx.raw.unsafe<PageRow[]>(
    `select c.id, c.status, c.archived, c.snoozed_until as "snoozedUntil", ${labelsOf("c.id")} as labels, c.customer_id as "customerId", ${customerNameOf("c.customer_id")} as "customerName",
       c.channel_id as "channelId", c.channel_type as "channelType", channel.name as "channelName", channel.provider,
       c.assignee_id as "assigneeId", ${memberNameOf("c.assignee_id")} as "assigneeName",
       (select name from teams where tenant_id = $1 and id = c.team_id) as "teamName", c.unread_count as "unreadCount",
       c.last_message_preview as preview, c.last_message_direction as "previewDirection", c.last_message_at as "lastMessageAt",
       c.waiting_since as "waitingSince", c.last_inbound_at as "lastInboundAt",
       (select left(text, 120) from drafts where tenant_id = $1 and conversation_id = c.id and user_id = $${params.push(memberId(ctx))}::uuid) as draft
     from (
       select * from conversations
        where tenant_id = $1 and ${where.join(" and ")}
        order by last_message_at desc, id desc limit ${most}
     ) c
     join lateral (select name, provider from channel_configurations where tenant_id = $1 and id = c.channel_id limit 1) channel on true
     order by c.last_message_at desc, c.id desc`,
    params as never[],
    { prepare: true },
  );
}

/** What a conversation bears, in the same statement. */
const labelsOf = (column: string) => `(
  select jsonb_agg(jsonb_build_object('id', label.id, 'name', label.name, 'colour', label.colour) order by label.name)
    from conversation_labels borne join labels label on label.tenant_id = $1 and label.id = borne.label_id
   where borne.tenant_id = $1 and borne.conversation_id = ${column})`;

interface PageRow {
  id: string;
  status: ConversationStatus;
  archived: boolean;
  snoozedUntil: Date | null;
  labels: Label[] | null;
  customerId: string;
  customerName: string;
  channelId: string;
  channelType: string;
  channelName: string;
  provider: string;
  assigneeId: string | null;
  assigneeName: string | null;
  teamName: string | null;
  unreadCount: number;
  preview: string | null;
  previewDirection: string | null;
  lastMessageAt: Date;
  waitingSince: Date | null;
  lastInboundAt: Date | null;
  draft: string | null;
}

function shape(row: PageRow): ConversationListRow {
  return {
    id: row.id,
    status: row.status,
    archived: row.archived,
    snoozedUntil: row.snoozedUntil,
    labels: row.labels ?? [],
    customer: { id: row.customerId, name: row.customerName },
    channel: { id: row.channelId, type: row.channelType, name: row.channelName },
    assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? "" } : null,
    team: row.teamName,
    unreadCount: row.unreadCount,
    preview: row.preview ?? "",
    draft: row.draft,
    previewDirection: row.previewDirection === "out" ? "out" : "in",
    lastMessageAt: row.lastMessageAt,
    waitingSince: row.waitingSince,
    windowEndsAt: windowEnd(row.lastInboundAt, rulesOf(row.provider, row.channelType)?.replyWindowMs ?? null),
  };
}
