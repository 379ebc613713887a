import type { ConversationFilter, ConversationView } from "./schemas.ts";

/** What each view holds. */
const views: Record<ConversationView, string> = {
  mine: "status = 'open' and not archived",
  unassigned: "status = 'open' and not archived and assignee_id is null",
  open: "status = 'open' and not archived",
  snoozed: "status = 'snoozed'",
  resolved: "status = 'resolved' and not archived",
  archived: "archived",
  spam: "status = 'spam' and not archived",
};

/** Who asks, and when. */
interface Asked {
  me: string | null;
  now: Date;
}

/**
 * The conditions of a view with its filter over rows of `conversations`, in SQL; their values join `params`, whose
 * first is the tenant.
 */
export function conditionsOf(
  view: ConversationView,
  { assignee, teamId, channelId, labelId, unread, waitingMinutes }: ConversationFilter,
  { me, now }: Asked,
  params: unknown[],
): string[] {
  const where = [views[view]];
  const value = (of: unknown, type: string) => `$${params.push(of)}::${type}`;
  if (view === "mine") where.push(`assignee_id = ${value(me, "uuid")}`);
  if (assignee === "nobody") where.push("assignee_id is null");
  else if (assignee) where.push(`assignee_id = ${value(assignee === "me" ? me : assignee, "uuid")}`);
  if (teamId) where.push(`team_id = ${value(teamId, "uuid")}`);
  if (channelId) where.push(`channel_id = ${value(channelId, "uuid")}`);
  // Those that bear it are looked up by their keys, however rare it is: never the whole view for a few.
  if (labelId)
    where.push(
      `id = any(array(select conversation_id from conversation_labels where tenant_id = $1 and label_id = ${value(labelId, "uuid")}))`,
    );
  if (unread) where.push("unread_count > 0");
  if (waitingMinutes) {
    const since = new Date(now.getTime() - waitingMinutes * 60_000);
    where.push(`waiting_since <= ${value(since, "timestamptz")}`);
  }
  return where;
}
