import type { Ctx } from "#server/core/context.ts";
import type { Mailbox, MailboxItem } from "#server/providers/contract.ts";
import type { Cursor } from "./cursor.ts";
import { findCursor, moveCursor } from "./cursor.ts";
import type { FoundIn } from "./store-mails.ts";
import { storeMails } from "./store-mails.ts";

/** Mails are stored together up to this many, or bytes; the cursor moves after each lot. */
const mostTogether = { mails: 20, bytes: 4 * 1024 * 1024 };

/** Clocks differ, and a mail may be filed a moment after a later one. */
const marginMs = 10 * 60_000;
const dayMs = 86_400_000;

export interface FolderReader {
  /** Stores what is new; resolves to how many mails that were. */
  readNew(): Promise<number>;
}

/**
 * Reads a folder from where it was left. The cursor is UIDVALIDITY and UID, and moves only over what is
 * stored: a crash repeats a mail (which its Message-ID tells) and loses none. What a person deletes is
 * behind the cursor, and is never looked at again.
 */
export function folderReader(
  ctx: Ctx,
  where: Omit<FoundIn, "folder" | "uidValidity">,
  holder: string,
  box: Mailbox,
): FolderReader {
  const found: FoundIn = { ...where, folder: box.folder, uidValidity: box.uidValidity };
  const place = { channelId: where.channel.channelId, holder, folder: box.folder };
  let cursor: Cursor | undefined;

  async function readNew(): Promise<number> {
    cursor ??= await findCursor(ctx, place.channelId, box);
    if (cursor.uidValidity !== box.uidValidity) cursor = await readRenumbered(cursor);
    const from = cursor;
    const stored = await storeAll(box.after(from.lastUid), (lastUid) => moveTo({ ...from, lastUid }, false));
    await moveTo({ ...from, lastUid: Math.max(from.lastUid, stored.lastUid) }, true);
    return stored.count;
  }

  /**
   * The UIDs began anew, so the old cursor says nothing: what was filed since the folder was last read to its
   * end is read, and what was read before is known by its Message-ID. A server that gave every mail a new date
   * too is held back by the date in the mail's head: nothing from before we began.
   */
  async function readRenumbered(old: Cursor): Promise<Cursor> {
    const filedSince = old.checkedAt.getTime() - marginMs;
    const writtenSince = old.since.getTime() - dayMs;
    let highest = box.uidNext - 1;
    async function* wanted(): AsyncGenerator<MailboxItem> {
      for await (const item of box.since(new Date(filedSince))) {
        highest = Math.max(highest, item.uid);
        const filed = item.storedAt?.getTime() ?? Infinity;
        const written = item.writtenAt?.getTime() ?? Infinity;
        if (filed >= filedSince && written >= writtenSince) yield item;
      }
    }
    await storeAll(wanted(), () => Promise.resolve());
    const cursor = { ...old, uidValidity: box.uidValidity, lastUid: highest };
    await moveTo(cursor, false);
    return cursor;
  }

  async function storeAll(
    items: AsyncIterable<MailboxItem>,
    storedUpTo: (uid: number) => Promise<void>,
  ): Promise<{ count: number; lastUid: number }> {
    let lot: MailboxItem[] = [];
    let count = 0;
    let lastUid = 0;
    const flush = async () => {
      if (lot.length === 0) return;
      await storeMails(ctx, found, lot);
      lastUid = lot.at(-1)!.uid;
      count += lot.length;
      lot = [];
      await storedUpTo(lastUid);
    };
    for await (const item of items) {
      lot.push(item);
      const bytes = lot.reduce((sum, { bytes: own }) => sum + (own?.length ?? 0), 0);
      if (lot.length >= mostTogether.mails || bytes >= mostTogether.bytes) await flush();
    }
    await flush();
    return { count, lastUid };
  }

  async function moveTo(next: Cursor, readToEnd: boolean): Promise<void> {
    await moveCursor(ctx, place, { uidValidity: box.uidValidity, lastUid: next.lastUid, mode: box.mode, readToEnd });
    cursor = { ...next, ...(readToEnd ? { checkedAt: ctx.clock.now() } : {}) };
  }

  return { readNew };
}
