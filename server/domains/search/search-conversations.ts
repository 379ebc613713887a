import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { FoundTexts, Loosen } from "./find-texts.ts";
import { findTexts } from "./find-texts.ts";
import type { SearchInput } from "./schemas.ts";
import type { Segment } from "./terms.ts";
import { markTerms } from "./terms.ts";

/** A conversation, by the best of its messages and notes. */
export interface ConversationHit {
  id: string;
  /** Where in it the words stand. */
  messageId: string;
  customerName: string;
  channelType: string;
  /** `internal`: a note. */
  direction: "in" | "out" | "internal";
  authorName: string | null;
  text: Segment[];
  occurredAt: Date;
}

export interface Hits<H> extends Pick<FoundTexts, "found" | "next" | "instead"> {
  hits: H[];
}

/** Conversations in whose messages and notes every word stands, best first. */
export async function searchConversations(
  ctx: Ctx,
  input: SearchInput,
  loosen?: Loosen,
): Promise<Hits<ConversationHit>> {
  return withTenant(ctx, async (tx) => {
    const { texts, terms, found, next, instead } = await findTexts(ctx, tx, "conversation", input, loosen);
    if (texts.length === 0) return { hits: [], found, next, instead };
    const rows = await tx.raw.unsafe<MessageRow[]>(
      `select m.id, m.conversation_id as "conversationId", concat_ws(' · ', nullif(m.subject, ''), nullif(m.text, '')) as text, m.channel_type as "channelType", m.direction,
              m.occurred_at as "occurredAt", ${customerNameOf("m.customer_id")} as "customerName", ${memberNameOf("m.author_id")} as "authorName"
         from messages m where m.tenant_id = $1 and m.id = any($2::uuid[])`,
      [tx.tenantId, texts.map(({ id }) => id)] as never[],
      { prepare: true },
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const hits = texts.flatMap(({ id }) => {
      const row = byId.get(id);
      if (!row) return [];
      const { conversationId, text, ...rest } = row;
      return [{ ...rest, id: conversationId, messageId: id, text: markTerms(text, terms) }];
    });
    return { hits, found, next, instead };
  });
}

interface MessageRow extends Omit<ConversationHit, "text"> {
  conversationId: string;
  text: string;
}
