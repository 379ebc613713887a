import { and, isNull } from "drizzle-orm";
import { attachments } from "#db/schema/attachments.ts";

/** An upload that no message and no note shows yet. */
export const isUnused = and(isNull(attachments.messageId), isNull(attachments.ticketEventId));
