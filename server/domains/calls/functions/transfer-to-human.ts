import { z } from "zod";
import type { BusinessHours } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { isOpenAt } from "#server/domains/channels/index.ts";
import { Declined, defineCallFunction } from "./define-call-function.ts";

const words = {
  fr: {
    through: "Je vous passe quelqu'un, ne quittez pas.",
    closed: "Nous sommes fermés pour le moment. Je peux noter votre demande pour qu'on vous rappelle.",
    nobody: "Personne ne peut prendre l'appel. Je peux noter votre demande pour qu'on vous rappelle.",
  },
  en: {
    through: "I am putting you through, please hold on.",
    closed: "We are closed at the moment. I can note your request so that somebody calls you back.",
    nobody: "Nobody can take the call. I can note your request so that somebody calls you back.",
  },
};

/** Puts the caller through to somebody, in opening hours; else a call back is offered, which is `create_ticket`. */
export const transferToHuman = defineCallFunction({
  name: "transfer_to_human",
  description:
    "Puts the caller through to somebody at the business, when they ask for a person. If nobody is there it says so: then offer to be called back, and note it with create_ticket.",
  parameters: z.object({}),
  async run(ctx, { channelId, transferTo, timezone, language }) {
    const say = words[language];
    if (transferTo === null) throw new Declined(say.nobody);
    if (!(await isOpen(ctx, channelId, timezone))) throw new Declined(say.closed);
    return { said: say.through, transferTo };
  },
});

/** By the channel's own hours, else by the business's, whose holidays close both. */
async function isOpen(ctx: Ctx, channelId: string, timezone: string): Promise<boolean> {
  const now = ctx.clock.now();
  const [found] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ own: BusinessHours | null; days: BusinessHours["days"] | null; holiday: boolean }[]>(
      `select channel.business_hours as own, tenant.business_hours as days,
              exists (select from holidays where tenant_id = $1 and day = ($3::timestamptz at time zone tenant.timezone)::date) as holiday
         from channel_configurations channel join tenants tenant on tenant.id = $1
        where channel.tenant_id = $1 and channel.id = $2::uuid`,
      [ctx.tenantId, channelId, now] as never[],
      { prepare: true },
    ),
  );
  if (!found || found.holiday) return false;
  return isOpenAt(found.own ?? (found.days && { days: found.days, closed: [] }), timezone, now);
}
