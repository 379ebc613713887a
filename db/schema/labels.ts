import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { conversations } from "./conversations.ts";
import { createdAt, oneOf, rowId, tenantId, updatedAt } from "./columns.ts";
import { tenants } from "./tenants.ts";

export const labelColours = ["grey", "blue", "green", "yellow", "orange", "red", "purple"] as const;

/** Words that a business sorts its conversations by. */
export const labels = pgTable(
  "labels",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: rowId(),
    name: text("name").notNull(),
    colour: text("colour", { enum: labelColours }).notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("labels_name").on(t.tenantId, t.name),
    check("labels_colour", oneOf("colour", labelColours)),
  ],
);

/** Which conversation bears which label. */
export const conversationLabels = pgTable(
  "conversation_labels",
  {
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    labelId: uuid("label_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.conversationId, t.labelId] }),
    index("conversation_labels_label").on(t.tenantId, t.labelId, t.conversationId),
    foreignKey({
      name: "conversation_labels_conversation_fk",
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "conversation_labels_label_fk",
      columns: [t.tenantId, t.labelId],
      foreignColumns: [labels.tenantId, labels.id],
    }).onDelete("cascade"),
  ],
);
