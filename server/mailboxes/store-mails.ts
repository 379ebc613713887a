import { newId } from "#server/core/ids.ts";
import { log } from "#server/core/log.ts";
import { isDatabaseAway } from "#db/database-away.ts";
import type { Ctx } from "#server/core/context.ts";
import type { LoggedEvent, LoggedPost } from "#server/domains/webhook-logs/index.ts";
import { drainAtOnce, ingestPosts, keepRawMails } from "#server/domains/webhook-logs/index.ts";
import type { EventPart, JsonObject, MailboxItem, Provider } from "#server/providers/contract.ts";
import { MalformedPost } from "#server/providers/contract.ts";
import type { OpenChannel } from "#server/domains/channels/index.ts";

/** Whose mail it is, and where it was found. */
export interface FoundIn {
  channel: OpenChannel;
  provider: Provider;
  folder: string;
  uidValidity: number;
}

/**
 * Puts mails into the log as webhooks are put there: when this returns, they are durable, and this process
 * works on them. What cannot be read is stored with its reason. Fetched with the channel's own login, they
 * are verified by that.
 */
export async function storeMails(ctx: Ctx, where: FoundIn, items: readonly MailboxItem[]): Promise<void> {
  const posts: LoggedPost[] = [];
  for (const item of items) posts.push(await postOf(ctx, where, item));
  await ingestTogether(posts);
  drainAtOnce(
    ctx.tenantId,
    posts.flatMap((post) => post.events.filter((event) => event.status === "received").map((event) => event.id)),
  );
}

/** One mail that the database refuses must not hold up the others for ever. */
async function ingestTogether(posts: readonly LoggedPost[]): Promise<void> {
  try {
    await ingestPosts(posts);
  } catch (error) {
    if (isDatabaseAway(error) || posts.length === 0) throw error;
    for (const post of posts) await ingestAlone(post);
  }
}

async function ingestAlone(post: LoggedPost): Promise<void> {
  try {
    await ingestPosts([post]);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    log.error({ err: error, path: post.path }, "a mail could not be stored as it is");
    const events = post.events.map(
      (event) => ({ ...event, payload: {}, status: "rejected", reason: "malformed" }) as const,
    );
    await ingestPosts([{ ...post, body: new Uint8Array(), events }]);
  }
}

async function postOf(ctx: Ctx, where: FoundIn, item: MailboxItem): Promise<LoggedPost> {
  const { channel, provider, folder, uidValidity } = where;
  const receivedAt = ctx.clock.now();
  const [address = ""] = provider.routingKeysOf(channel.credentials).map((key) => key.slice(key.lastIndexOf(":") + 1));
  const headers = {
    "content-type": "message/rfc822",
    "x-guichet-mailbox": address,
    "x-guichet-uid": `${uidValidity}:${item.uid}`,
  };
  const path = `/mailboxes/${folder}`.slice(0, 200);
  const whose = { tenantId: ctx.tenantId, channelId: channel.channelId, account: address, source: null };
  const post = {
    id: newId(receivedAt.getTime()),
    tenantId: ctx.tenantId,
    provider: provider.name,
    path,
    headers,
    verified: true,
    reason: null,
    receivedAt,
  };
  const event = (part: Omit<EventPart, "routingKeys" | "raw">, refusal: LoggedEvent["reason"]): LoggedEvent => ({
    ...whose,
    ...part,
    id: newId(receivedAt.getTime()),
    status: refusal === null ? "received" : "rejected",
    reason: refusal,
  });
  const unread = (type: string, refusal: "too_large" | "malformed", payload: JsonObject): LoggedPost => {
    const part = {
      type,
      externalId: null,
      dedupeKey: `${folder}:${uidValidity}:${item.uid}`.slice(0, 255),
      customerIdentifier: null,
      occurredAt: item.writtenAt,
      payload,
    };
    const body = (item.bytes ?? new Uint8Array()).subarray(0, 8 * 1024);
    return { ...post, body, bodyBytes: item.size, events: [event(part, refusal)] };
  };
  if (item.bytes === null) {
    return unread("mail.too_large", "too_large", {
      uid: item.uid,
      bytes: item.size,
      mostBytes: provider.maxBodyBytes,
      storedAt: item.storedAt?.toISOString() ?? null,
    });
  }
  let parts: EventPart[];
  try {
    parts = await provider.split({ url: path, headers, body: item.bytes });
  } catch (error) {
    if (!(error instanceof MalformedPost))
      log.error({ err: error, channelId: channel.channelId, uid: item.uid }, "a mail could not be read");
    const start = new TextDecoder().decode(item.bytes.subarray(0, 500));
    return unread("mail.unreadable", "malformed", {
      uid: item.uid,
      why: error instanceof Error ? error.message.slice(0, 200) : "unknown",
      start,
    });
  }
  await keepRawMails(parts.map((part) => ({ tenantId: ctx.tenantId, part })));
  const events = parts.map(({ routingKeys: _keys, raw: _raw, ...part }) => event(part, null));
  // The mail lies in storage as it came.
  return { ...post, body: item.bytes.subarray(0, 8 * 1024), bodyBytes: item.size, events };
}
