import { and, eq } from "drizzle-orm";
import { tenants, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { escaped, sendSystemMail, systemMailState } from "#server/system-mail/index.ts";

interface MadeInvitation {
  email: string;
  token: string;
  expiresAt: Date;
}

/** `none`: the program sends no mails; `unsent`: the mail was not taken. The link is passed on by hand then. */
export type InvitationMailed = "sent" | "unsent" | "none";

const words = {
  fr: {
    subject: (tenant: string) => `Invitation à rejoindre ${tenant}`,
    text: (who: string, tenant: string) =>
      `${who} vous invite à rejoindre ${tenant} sur Guichet. Ce lien sert une fois :`,
    until: (when: string) =>
      `Il est valable jusqu’au ${when}. Si vous n’attendiez pas cette invitation, ignorez ce message.`,
  },
  en: {
    subject: (tenant: string) => `Invitation to join ${tenant}`,
    text: (who: string, tenant: string) => `${who} invites you to join ${tenant} on Guichet. This link works once:`,
    until: (when: string) => `It is good until ${when}. If you did not expect this invitation, ignore this message.`,
  },
};

/**
 * Sends a new invitation's link to whom it is for, in the tenant's language. At once and once: the token is kept
 * nowhere, so that nothing could be sent later.
 */
export async function mailInvitation(ctx: Ctx, { email, token, expiresAt }: MadeInvitation): Promise<InvitationMailed> {
  // In a folder the token would lie about, which the database does not even know.
  if (systemMailState() !== "smtp") return "none";
  const { name, locale, timezone, inviter } = await readSender(ctx);
  const say = words[locale];
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: timezone });
  const [text, until] = [say.text(inviter ?? name, name), say.until(when.format(expiresAt))];
  const link = `${publicOrigin()}/invitations/${token}`;
  const { outcome } = await sendSystemMail({
    id: newId(),
    to: email,
    subject: say.subject(name),
    text: [text, link, until].join("\n\n"),
    html: `<p>${escaped(text)}</p>\n<p><a href="${link}">${link}</a></p>\n<p>${escaped(until)}</p>`,
  });
  return outcome === "sent" ? "sent" : "unsent";
}

async function readSender(ctx: Ctx) {
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .select({
        name: tenants.name,
        locale: tenants.locale,
        timezone: tenants.timezone,
        inviter: userProfiles.displayName,
      })
      .from(tenants)
      .leftJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, tenants.id), eq(userProfiles.userId, memberId(ctx) ?? ctx.tenantId)),
      )
      .where(eq(tenants.id, ctx.tenantId)),
  );
  if (!row) throw new Error("the tenant is gone");
  return row;
}
