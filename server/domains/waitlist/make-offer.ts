import { publish } from "#db/live.ts";
import { waitlistOffers } from "#db/schema/waitlist.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { publicOrigin } from "#server/core/config.ts";
import { digest } from "#server/core/crypto.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { fillMessage, languageOf, subjectIn, textIn, wordTime } from "#server/domains/appointment-messages/index.ts";
import { holdSlot, releaseHold } from "#server/domains/appointments/index.ts";
import { lockCustomer } from "#server/domains/customers/index.ts";
import { writeToCustomer } from "#server/domains/outreach/index.ts";
import type { Candidate } from "./find-candidate.ts";
import type { WaitlistSource } from "./schemas.ts";

interface Offer {
  candidate: Candidate;
  /** null: nobody else is asked about it. */
  openingId: string | null;
  expiresAt: Date;
  /** By hand any free time is given; by itself only what is offered to everybody. */
  source: WaitlistSource;
}

interface Facts {
  enabled: boolean | null;
  textFr: string | null;
  textEn: string | null;
  templateName: string | null;
  templateValues: Record<string, string>;
  language: string;
  name: string;
  firstName: string;
  customerTimezone: string;
  preferred: string | null;
  business: string;
  timezone: string;
  service: string;
  member: string;
  place: string;
}

/**
 * Holds a time for somebody who waits and writes them the link that takes it. Where they cannot be written to, the time is given back and
 * the offer stays as not sent, with its reason. Answers whether it is open. The time is refused as any booking is.
 */
export async function makeOffer(ctx: Ctx, tx: TenantTx, offer: Offer): Promise<boolean> {
  const { candidate, openingId, expiresAt, source } = offer;
  const { entryId, customerId, serviceId, userId, startsAt } = candidate;
  const inner = { ...ctx, tx };
  await lockCustomer(tx, customerId);
  const facts = await readFacts(tx, candidate);
  const { holdId } = await holdSlot(inner, { serviceId, userId, startsAt }, { source, until: expiresAt });
  const id = newId();
  const token = newToken();
  const written =
    facts.enabled === false
      ? "turned_off"
      : await writeToCustomer(ctx, tx, wordsFor(facts, { id, token, startsAt, customerId }));
  const open = typeof written !== "string";
  if (!open) await releaseHold(inner, { holdId });
  const told = open ? { messageId: written.messageId, conversationId: written.conversationId } : { reason: written };
  const now = ctx.clock.now();
  await tx.insert(waitlistOffers).values({
    ...told,
    tenantId: ctx.tenantId,
    id,
    entryId,
    openingId,
    userId,
    startsAt,
    status: open ? "open" : "not_sent",
    holdId: open ? holdId : null,
    tokenHash: open ? digest(token) : null,
    expiresAt,
    createdAt: now,
    decidedAt: open ? null : now,
  });
  tx.afterCommit(() => publish(ctx.tenantId, "appointments", [entryId]));
  return open;
}

async function readFacts(tx: TenantTx, { customerId, serviceId, userId }: Candidate): Promise<Facts> {
  const [facts] = await tx.raw.unsafe<Facts[]>(factsStatement, [tx.tenantId, customerId, serviceId, userId], {
    prepare: true,
  });
  return facts!;
}

const factsStatement = `
  select worded.enabled, worded.text_fr as "textFr", worded.text_en as "textEn", worded.template_name as "templateName",
         coalesce(worded.template_values, '{}') as "templateValues", customer.language, customer.display_name as name,
         coalesce(customer.first_name, split_part(customer.display_name, ' ', 1)) as "firstName", customer.timezone as "customerTimezone",
         coalesce(customer.preferred_contact_method, customer.preferred_channel) as preferred, tenant.name as business, tenant.timezone,
         service.name as service, service.location as place, coalesce(member.display_name, '') as member
    from customers customer
    join tenants tenant on tenant.id = $1
    join services service on service.tenant_id = $1 and service.id = $3::uuid
    left join user_profiles member on member.tenant_id = $1 and member.user_id = $4::uuid
    left join appointment_message_words worded on worded.tenant_id = $1 and worded.kind = 'waitlist_offer'
   where customer.tenant_id = $1 and customer.id = $2::uuid`;

function wordsFor(
  facts: Facts,
  { id, token, startsAt, customerId }: { id: string; token: string; startsAt: Date; customerId: string },
) {
  const language = languageOf(facts.language);
  const zones = { zone: facts.timezone, customerZone: facts.customerTimezone };
  const values = {
    "customer.first_name": facts.firstName,
    "customer.name": facts.name,
    "business.name": facts.business,
    service: facts.service,
    ...wordTime(language, startsAt, zones),
    member: facts.member,
    place: facts.place,
    link: `${publicOrigin()}/offer/${token}`,
  };
  const text = fillMessage(textIn(language, "waitlist_offer", facts), values);
  return {
    ...facts,
    customerId,
    agreedOn: null,
    subject: subjectIn(language, facts.business),
    mailConversationId: null,
    textOn: () => text,
    values,
    appointmentId: null,
    calendar: null,
    idempotencyKey: `waitlist:${id}`,
  };
}
