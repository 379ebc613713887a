import { and, asc, eq, ilike, or, sql } from "drizzle-orm";
import { cursorOf, placeOf } from "#db/keyset.ts";
import { messageTemplates as templates } from "#db/schema/templates.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { ListTemplatesInput } from "./schemas.ts";
import { listTemplatesInput } from "./schemas.ts";
import type { TemplateSummary } from "./template-summary.ts";
import { summaryOf } from "./template-summary.ts";

export interface TemplatePage {
  templates: TemplateSummary[];
  nextCursor: string | null;
}

/** A channel's templates by name and language. A channel of another tenant has none. */
export async function listTemplates(ctx: Ctx, input: ListTemplatesInput): Promise<TemplatePage> {
  const { channelId, usable, query, cursor, limit } = listTemplatesInput.parse(input);
  const place = cursor ? placeOf(cursor) : null;
  if (cursor && !place) throw new DomainError("invalid", "invalid_cursor");
  const [name = "", language = ""] = place?.value.split("\n") ?? [];
  const like = `%${query.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select()
      .from(templates)
      .where(
        and(
          eq(templates.channelId, channelId),
          usable ? and(eq(templates.status, "approved"), eq(templates.enabled, true)) : undefined,
          query ? or(ilike(templates.name, like), ilike(templates.body, like)) : undefined,
          place ? sql`(${templates.name}, ${templates.language}) > (${name}, ${language})` : undefined,
        ),
      )
      .orderBy(asc(templates.name), asc(templates.language))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    templates: page.map(summaryOf),
    nextCursor: rows.length > limit && last ? cursorOf(`${last.name}\n${last.language}`, last.id) : null,
  };
}
