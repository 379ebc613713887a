import { sql } from "drizzle-orm";
import { check, customType, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, oneOf, rowId, tenantId } from "./columns.ts";
import { tenants } from "./tenants.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** What words lead to. */
export const searchedKinds = ["conversation", "ticket"] as const;
export type SearchedKind = (typeof searchedKinds)[number];

/**
 * What the search door reads of a message, a ticket or a ticket's note: its words, lower-case and unaccented, and the few
 * facts that a search narrows by. Beside those rows, which change more often than their words. Kept by triggers.
 */
export const searchTexts = pgTable(
  "search_texts",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** The message's, the ticket's or the note's own id. */
    id: rowId(),
    kind: text("kind", { enum: searchedKinds }).notNull(),
    /** The conversation or ticket that it stands in. */
    subjectId: uuid("subject_id").notNull(),
    channelType: text("channel_type"),
    authorId: uuid("author_id"),
    occurredAt: instant("occurred_at").notNull(),
    words: tsvector("words").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("search_texts_recent").on(t.tenantId, t.kind, t.occurredAt.desc().nullsFirst()),
    // Read by the search door only, as every index that is no btree. Each word stands there under its business and kind.
    index("search_texts_words").using("gin", sql`words_under(${t.tenantId}, ${t.kind}, ${t.words})`),
    check("search_texts_kind", oneOf("kind", searchedKinds)),
  ],
);

/**
 * Words that stand in a business's texts and with its customers, for those who mistype them. A word may be there twice, by two texts that brought it at once:
 * writers never wait for one another here.
 */
export const searchWords = pgTable(
  "search_words",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    word: text("word").notNull(),
    /** The first text or customer that it stood with; it may be gone while others still have the word. */
    textId: uuid("text_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.word, t.textId] }),
    index("search_words_similar").using("gin", sql`${t.word} gin_trgm_ops`),
  ],
);
