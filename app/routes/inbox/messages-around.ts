import type { Caller } from "#server/trpc/root.ts";

import type { Opened } from "./data.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The messages around the one that an address names; null where it names none that is there. */
export async function messagesAround(
  api: Caller,
  conversationId: string,
  params: URLSearchParams,
): Promise<Opened["thread"] | null> {
  const around = params.get("message");
  if (!around || !uuid.test(around)) return null;
  const thread = await api.conversations.thread({ conversationId, around });
  return thread.messages.length > 0 ? thread : null;
}
