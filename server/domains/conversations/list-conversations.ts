import { and, desc, eq, inArray, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customers } from "#db/schema/customers.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { ConversationCounts } from "./count-conversations.ts";
import { countConversations } from "./count-conversations.ts";
import { readCursor, writeCursor } from "./page-cursor.ts";
import { windowEnd } from "./reply-rules.ts";
import type { ConversationView, ListConversationsInput } from "./schemas.ts";
import { listConversationsInput } from "./schemas.ts";

export interface ConversationListRow {
  id: string;
  status: "open" | "resolved";
  archived: boolean;
  customer: { id: string; name: string };
  channel: { id: string; type: string; name: string };
  assignee: { id: string; name: string } | null;
  unreadCount: number;
  preview: string;
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
}

/** Customers that a search looks at, best first. */
const mostFound = 300;

/** One page of conversations, newest message first, with the counts of the views. Two or three statements. */
export async function listConversations(ctx: Ctx, input: ListConversationsInput = {}): Promise<ConversationList> {
  const { view, query, cursor, limit } = listConversationsInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const counts = countConversations({ ...ctx, tx });
    const found = query === "" ? null : await searchCustomers(tx, query);
    const after = cursor ? readCursor(cursor) : null;
    const rows = found?.length === 0 ? [] : await readPage(tx, limit + 1, [
      ...(query === "" ? inView(view, memberId(ctx)) : []),
      found ? inArray(conversations.customerId, found) : undefined,
      after
        ? or(
            lt(conversations.lastMessageAt, after.at),
            and(eq(conversations.lastMessageAt, after.at), lt(conversations.id, after.id)),
          )
        : undefined,
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: page.map(shape),
      nextCursor: rows.length > limit && last ? writeCursor({ at: last.lastMessageAt, id: last.id }) : null,
      counts: await counts,
    };
  });
}

async function searchCustomers(tx: TenantTx, query: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`select id from door.search_customers(${query}, ${mostFound})`);
  return rows.map((row) => row.id);
}

function inView(view: ConversationView, me: string | null): (SQL | undefined)[] {
  if (view === "archived") return [sql`${conversations.archived}`];
  const status = eq(conversations.status, view === "resolved" ? "resolved" : "open");
  const shown = [status, eq(conversations.archived, false)];
  if (view === "mine") return [...shown, me ? eq(conversations.assigneeId, me) : sql`false`];
  return view === "unassigned" ? [...shown, isNull(conversations.assigneeId)] : shown;
}

async function readPage(tx: TenantTx, most: number, conditions: (SQL | undefined)[]) {
  return tx
    .select({
      id: conversations.id,
      status: conversations.status,
      archived: conversations.archived,
      customerId: conversations.customerId,
      customerName: customers.displayName,
      channelId: conversations.channelId,
      channelType: conversations.channelType,
      channelName: channels.name,
      provider: channels.provider,
      assigneeId: conversations.assigneeId,
      assigneeName: userProfiles.displayName,
      unreadCount: conversations.unreadCount,
      preview: conversations.lastMessagePreview,
      previewDirection: conversations.lastMessageDirection,
      lastMessageAt: conversations.lastMessageAt,
      waitingSince: conversations.waitingSince,
      lastInboundAt: conversations.lastInboundAt,
    })
    .from(conversations)
    .innerJoin(customers, and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)))
    .innerJoin(channels, and(eq(channels.tenantId, conversations.tenantId), eq(channels.id, conversations.channelId)))
    .leftJoin(
      userProfiles,
      and(eq(userProfiles.tenantId, conversations.tenantId), eq(userProfiles.userId, conversations.assigneeId)),
    )
    .where(and(...conditions))
    .orderBy(desc(conversations.lastMessageAt), desc(conversations.id))
    .limit(most);
}

function shape(row: Awaited<ReturnType<typeof readPage>>[number]): ConversationListRow {
  return {
    id: row.id,
    status: row.status,
    archived: row.archived,
    customer: { id: row.customerId, name: row.customerName },
    channel: { id: row.channelId, type: row.channelType, name: row.channelName },
    assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? "" } : null,
    unreadCount: row.unreadCount,
    preview: row.preview ?? "",
    previewDirection: row.previewDirection === "out" ? "out" : "in",
    lastMessageAt: row.lastMessageAt,
    waitingSince: row.waitingSince,
    windowEndsAt: windowEnd(row.lastInboundAt, rulesOf(row.provider)?.replyWindowMs ?? null),
  };
}
