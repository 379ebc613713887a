import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Told } from "./notify.ts";
import { notify } from "./notify.ts";

interface Mentioning {
  /** What was written for the team. */
  text: string;
  subject: Told["subject"];
  subjectId: string;
}

/** Tells whoever a note calls by `@` and their name. Nothing is asked where a note holds no `@`. */
export async function notifyMentions(ctx: Ctx, { text, ...about }: Mentioning): Promise<void> {
  if (!text.includes("@")) return;
  await withTenant(ctx, async (tx) => {
    const members = await tx.raw.unsafe<{ userId: string; name: string }[]>(
      `select member.user_id as "userId", profile.display_name as name
         from memberships member
         join user_profiles profile on profile.tenant_id = $1 and profile.user_id = member.user_id
        where member.tenant_id = $1 and member.status = 'active'`,
      [ctx.tenantId],
      { prepare: true },
    );
    const told = mentionedIn(text, members).map((userId) => ({ userId, kind: "mentioned" as const, ...about }));
    await notify({ ...ctx, tx }, told);
  });
}

/**
 * Whom a text calls: `@` and a whole name, whatever its case. Of two names of which one begins the other, the longer one that
 * fits is meant.
 */
export function mentionedIn(text: string, members: readonly { userId: string; name: string }[]): string[] {
  const longestFirst = members
    .filter(({ name }) => name.trim() !== "")
    .toSorted((a, b) => b.name.length - a.name.length);
  const called = new Set<string>();
  for (const { index } of text.matchAll(/(?<![\p{L}\p{N}@.])@/gu)) {
    const rest = text.slice(index + 1).toLowerCase();
    const meant = longestFirst.find(({ name }) => {
      const wanted = name.trim().toLowerCase();
      return rest.startsWith(wanted) && !/^[\p{L}\p{N}]/u.test(rest.slice(wanted.length));
    });
    for (const { userId, name } of members) if (meant && name === meant.name) called.add(userId);
  }
  return [...called];
}
