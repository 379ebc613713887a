import { jsonRows } from "#db/json-rows.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { networkOf } from "#server/auth/index.ts";
import { signatureOf } from "./signing-key.ts";

const minuteMs = 60_000;
const windowMs = 15 * minuteMs;
const keptMs = 24 * 60 * minuteMs;

/** How often what may be tried, and in which time. An office or a phone network may share an address. */
const limits = {
  hold: { most: 30, withinMs: windowMs },
  book: { most: 20, withinMs: windowMs },
  manage: { most: 20, withinMs: windowMs },
  wrong_link: { most: 20, withinMs: windowMs },
  contact: { most: 6, withinMs: keptMs },
} as const;

/** What is tried, and by whom: an address, a phone, an email, a link. */
export interface Try {
  what: keyof typeof limits;
  who: string;
}

/** Of whoever comes from an address. */
export const tryFrom = (what: Exclude<Try["what"], "contact">, address: string): Try => ({
  what,
  who: networkOf(address),
});

/** Of whomever somebody names, in whatever spelling of a number. */
export const contactsIn = ({ phone, email }: { phone?: string | undefined; email?: string | undefined }): Try[] => [
  ...(phone ? [{ what: "contact" as const, who: phone.replace(/\D/g, "").slice(-9) }] : []),
  ...(email ? [{ what: "contact" as const, who: email.toLowerCase() }] : []),
];

/**
 * Counts tries before they are made, so that a burst cannot slip past, and refuses with `too_many_bookings` what is tried too
 * often. Every process counts together. Who it was is kept as a signature, and for a day.
 */
export async function countTries(ctx: Ctx, tries: readonly Try[]): Promise<void> {
  const now = ctx.clock.now().getTime();
  const windowStart = new Date(Math.floor(now / windowMs) * windowMs);
  const rows = tries
    .map(({ what, who }) => ({
      key: `${what} ${signatureOf("visitor", `${ctx.tenantId}/${what}/${who}`)}`,
      most: limits[what].most,
      since: new Date(now - limits[what].withinMs).toISOString(),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const over = await withTenant(ctx, async (tx) => {
    const values = [ctx.tenantId, jsonRows(rows), windowStart] as never[];
    await tx.raw.unsafe(countStatement, values, { prepare: true });
    const [counted] = await tx.raw.unsafe<{ over: boolean }[]>(
      overStatement,
      [ctx.tenantId, jsonRows(rows)] as never[],
      {
        prepare: true,
      },
    );
    const old = [ctx.tenantId, new Date(now - keptMs - windowMs)] as never[];
    await tx.raw.unsafe(forgetStatement, old, { prepare: true });
    return counted?.over;
  });
  if (over) throw new DomainError("rate_limited", "too_many_bookings");
}

const countStatement = `
  insert into booking_tries as tried (tenant_id, key, window_start, count)
  select $1::uuid, key, $3::timestamptz, 1 from jsonb_to_recordset($2::jsonb) as asked (key text)
  on conflict (tenant_id, key, window_start) do update set count = tried.count + 1`;

const overStatement = `
  select coalesce(bool_or(counted.tries > asked.most), false) as over
    from jsonb_to_recordset($2::jsonb) as asked (key text, most integer, since timestamptz)
   cross join lateral (select sum(count) as tries from booking_tries
                        where tenant_id = $1 and key = asked.key and window_start > asked.since - interval '15 minutes') counted`;

/** Whoever counts there now is left to it. */
const forgetStatement = `
  delete from booking_tries where (tenant_id, key, window_start) in (
    select tenant_id, key, window_start from booking_tries where tenant_id = $1 and window_start < $2::timestamptz
     limit 200 for update skip locked)`;
