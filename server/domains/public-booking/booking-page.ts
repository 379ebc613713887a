import { bookingPages } from "#db/schema/booking.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { BookingBusiness, SaveBookingPageInput } from "./schemas.ts";
import { saveBookingPageInput } from "./schemas.ts";

/** A business as visitors see it, and whether they may book there. */
export interface BookingPage extends BookingBusiness {
  enabled: boolean;
}

/** The page of a business; one that never set it up has one that is off. */
export async function readBookingPage(tx: TenantTx): Promise<BookingPage> {
  const [page] = await tx.raw.unsafe<BookingPage[]>(statement, [tx.tenantId], { prepare: true });
  if (!page) throw notFound();
  return page;
}

/** Whether customers book by themselves, what the page says first, and how late they may change their minds. */
export async function saveBookingPage(ctx: Ctx, input: SaveBookingPageInput): Promise<void> {
  const values = saveBookingPageInput.parse(input);
  const row = { ...values, updatedAt: ctx.clock.now() };
  await withTenant(ctx, async (tx) => {
    await tx
      .insert(bookingPages)
      .values({ ...row, tenantId: ctx.tenantId })
      .onConflictDoUpdate({ target: bookingPages.tenantId, set: row });
    const about = { entityType: "booking_page", entityId: ctx.tenantId };
    await recordAudit({ ...ctx, tx }, { ...about, action: "booking.configure", data: values });
  });
}

const statement = `
  select t.name, t.timezone, coalesce(p.enabled, false) as enabled, coalesce(p.intro_fr, '') as "introFr",
         coalesce(p.intro_en, '') as "introEn", coalesce(p.change_notice_minutes, 1440) as "changeNoticeMinutes",
         array(select distinct c.channel_type from channel_configurations c
                where c.tenant_id = $1 and c.enabled and c.configured and c.channel_type in ('sms', 'whatsapp', 'email')
                order by 1 desc) as "contactWays"
    from tenants t left join booking_pages p on p.tenant_id = $1
   where t.id = $1`;
