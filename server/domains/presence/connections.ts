import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { log } from "#server/core/log.ts";
import { connectedSince, sayEveryMs } from "./presence-of.ts";

/** A page that is loaded anew connects again within this long: nobody saw them go. */
const graceMs = 8_000;

interface Held {
  ctx: Ctx;
  streams: number;
  again: NodeJS.Timeout;
  leaving?: NodeJS.Timeout;
}
interface Connections {
  processId: string;
  held: Map<string, Held>;
}
// Vite reloads modules in development; what is held must outlive them.
const connections: Connections = ((globalThis as { guichetConnections?: Connections }).guichetConnections ??= {
  processId: newId(),
  held: new Map(),
});

/**
 * A live connection of the acting member begins: they are online until the last of them, in whatever process,
 * has ended. Answers what ends this one, and whether they were not connected to this process before.
 */
export async function connectMember(ctx: Ctx): Promise<{ arrived: boolean; end: () => void }> {
  const key = `${ctx.tenantId} ${memberId(ctx)}`;
  const known = connections.held.get(key);
  clearTimeout(known?.leaving);
  if (known) known.streams += 1;
  else {
    const again = setInterval(() => void tried(say(ctx)), sayEveryMs);
    again.unref();
    connections.held.set(key, { ctx, streams: 1, again });
    await tried(say(ctx).then(() => told(ctx)));
  }
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    leave(ctx, key);
  };
  return { arrived: !known, end };
}

function leave(ctx: Ctx, key: string): void {
  const held = connections.held.get(key);
  if (!held) return;
  held.streams -= 1;
  if (held.streams > 0) return;
  held.leaving = setTimeout(() => {
    clearInterval(held.again);
    connections.held.delete(key);
    void tried(unsay(ctx).then(() => told(ctx)));
  }, graceMs);
  held.leaving.unref();
}

/** When the program stops: whoever was connected to it is gone at once, and no timer outlives the database's pool. */
export async function disconnectMembers(): Promise<void> {
  const held = [...connections.held.values()];
  connections.held.clear();
  for (const { again, leaving } of held) {
    clearInterval(again);
    clearTimeout(leaving);
  }
  await Promise.all(held.map(({ ctx }) => tried(unsay(ctx))));
}

/** Rows of processes that died go on the way. */
async function say(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now();
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(
      `with gone as (
         delete from member_connections where tenant_id = $1 and user_id = $2::uuid and process_id <> $3::uuid and seen_at < $5::timestamptz)
       insert into member_connections (tenant_id, user_id, process_id, seen_at) values ($1, $2::uuid, $3::uuid, $4::timestamptz)
       on conflict (tenant_id, user_id, process_id) do update set seen_at = excluded.seen_at`,
      [ctx.tenantId, memberId(ctx), connections.processId, now, connectedSince(now)] as never[],
      { prepare: true },
    ),
  );
}

async function unsay(ctx: Ctx): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx.raw.unsafe(
      "delete from member_connections where tenant_id = $1 and user_id = $2::uuid and process_id = $3::uuid",
      [ctx.tenantId, memberId(ctx), connections.processId] as never[],
      { prepare: true },
    ),
  );
}

function told(ctx: Ctx): void {
  publish(ctx.tenantId, "members", [memberId(ctx) ?? ""]);
}

/** Who is there is a courtesy: a database that is away for a moment ends no live connection. */
async function tried(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => log.warn({ err: error }, "a member's presence could not be written"));
}
