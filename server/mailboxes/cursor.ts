import { and, eq, sql } from "drizzle-orm";
import { mailboxLeases, mailFolders } from "#db/schema/mail.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Mailbox } from "#server/providers/contract.ts";

/** How far a folder was read. */
export interface Cursor {
  uidValidity: number;
  lastUid: number;
  /** When it was last read to its end. */
  checkedAt: Date;
  /** When we began to read it: what was there before is history. */
  since: Date;
}

/** Another process reads this mailbox now: whatever this one holds is not written any more. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/** The folder's cursor; a folder that is opened for the first time begins at its end. */
export async function findCursor(ctx: Ctx, channelId: string, box: Mailbox): Promise<Cursor> {
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    await tx
      .insert(mailFolders)
      .values({
        tenantId: ctx.tenantId,
        channelId,
        folder: box.folder,
        uidValidity: box.uidValidity,
        lastUid: Math.max(0, box.uidNext - 1),
        mode: box.mode,
        checkedAt: now,
        createdAt: now,
      })
      .onConflictDoNothing();
    const [row] = await tx.select().from(mailFolders).where(isFolder(channelId, box.folder));
    if (!row) throw new Error("the folder's cursor is gone");
    return {
      uidValidity: row.uidValidity,
      lastUid: row.lastUid,
      checkedAt: row.checkedAt ?? row.createdAt,
      since: row.createdAt,
    };
  });
}

/**
 * Moves the cursor on, once what lies before it is stored. Only the holder of the mailbox may: a process
 * that was taken for dead throws {@link LeaseLost} here and stops.
 */
export async function moveCursor(
  ctx: Ctx,
  { channelId, holder, folder }: { channelId: string; holder: string; folder: string },
  to: { uidValidity: number; lastUid: number; mode: Mailbox["mode"]; readToEnd: boolean },
): Promise<void> {
  const now = ctx.clock.now();
  const moved = await withTenant(ctx, (tx) =>
    tx
      .update(mailFolders)
      .set({
        uidValidity: to.uidValidity,
        lastUid: to.lastUid,
        mode: to.mode,
        updatedAt: now,
        ...(to.readToEnd ? { checkedAt: now } : {}),
      })
      .where(
        and(
          isFolder(channelId, folder),
          sql`exists (select from ${mailboxLeases} where ${mailboxLeases.channelId} = ${channelId} and ${mailboxLeases.heldBy} = ${holder})`,
        ),
      )
      .returning({ folder: mailFolders.folder }),
  );
  if (moved.length === 0) throw new LeaseLost();
}

/** Nobody reads the channel's folders at the moment. */
export async function markAway(ctx: Ctx, channelId: string): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx.update(mailFolders).set({ mode: "away" }).where(eq(mailFolders.channelId, channelId)),
  );
}

function isFolder(channelId: string, folder: string) {
  return and(eq(mailFolders.channelId, channelId), eq(mailFolders.folder, folder));
}
