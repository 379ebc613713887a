import { z } from "zod";
import { appointmentViewQuery } from "#server/domains/appointments/schemas.ts";
import { callViewQuery } from "#server/domains/calls/schemas.ts";
import { inboxViewQuery } from "#server/domains/conversations/schemas.ts";
import { customerViewQuery } from "#server/domains/customers/schemas.ts";
import { prospectViewQuery } from "#server/domains/prospects/schemas.ts";
import { ticketViewQuery } from "#server/domains/tickets/schemas.ts";
import { logViewQuery } from "#server/domains/webhook-logs/schemas.ts";
import type { viewAreas } from "#db/schema/saved-views.ts";

/** The parameters of each list's address that a view may keep, checked as the list's own filter is. */
export const viewQueries = {
  webhook_logs: logViewQuery,
  tickets: ticketViewQuery,
  inbox: inboxViewQuery,
  calls: callViewQuery,
  prospects: prospectViewQuery,
  appointments: appointmentViewQuery,
  customers: customerViewQuery,
} satisfies Record<(typeof viewAreas)[number], z.ZodType<Record<string, string>>>;

/** Lists that take views. */
export type ViewArea = keyof typeof viewQueries;
export const viewArea = z.enum(Object.keys(viewQueries) as [ViewArea, ...ViewArea[]]);

const name = z.string().trim().min(1, "required").max(60, "too_long");
/** As the address has them: text by name. The area's schema looks closer. */
const query = z.record(z.string().max(40), z.string().max(500));

export const listViewsInput = z.object({ area: viewArea });
export type ListViewsInput = z.infer<typeof listViewsInput>;

export const saveViewInput = z.object({ area: viewArea, name, query, shared: z.boolean().default(false) });
export type SaveViewInput = z.input<typeof saveViewInput>;

export const viewRef = z.object({ viewId: z.uuid() });
export type ViewRef = z.infer<typeof viewRef>;

export const renameViewInput = viewRef.extend({ name });
export type RenameViewInput = z.input<typeof renameViewInput>;

export const updateViewInput = viewRef.extend({ query });
export type UpdateViewInput = z.input<typeof updateViewInput>;

export const shareViewInput = viewRef.extend({ shared: z.boolean() });
export type ShareViewInput = z.infer<typeof shareViewInput>;
