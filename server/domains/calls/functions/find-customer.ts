import { z } from "zod";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { sayTime } from "#server/domains/spoken-times/index.ts";
import { speakingTo } from "./caller.ts";
import { defineCallFunction } from "./define-call-function.ts";

const words = {
  fr: {
    withheld: "Le numéro est masqué : demandez à la personne son nom et un numéro où la joindre.",
    unknown: "Personne n'est connu sous ce numéro.",
    shared: "Plusieurs personnes appellent de ce numéro : demandez le nom.",
    known: (name: string) => `La personne s'appelle ${name}.`,
    unnamed: "Cette personne a déjà appelé ; son nom n'est pas connu.",
    next: (service: string, time: string) => ` Son prochain rendez-vous : ${service}, ${time}.`,
    tickets: (count: number) => (count === 1 ? " Une demande est en cours." : ` ${count} demandes sont en cours.`),
  },
  en: {
    withheld: "The number is withheld: ask for their name and a number to reach them.",
    unknown: "Nobody is known by this number.",
    shared: "Several people call from this number: ask for the name.",
    known: (name: string) => `The caller is ${name}.`,
    unnamed: "They have called before; their name is not known.",
    next: (service: string, time: string) => ` Their next appointment: ${service}, ${time}.`,
    tickets: (count: number) => (count === 1 ? " One request is open." : ` ${count} requests are open.`),
  },
};

/** Who is on the line, by the number that calls: nobody learns anything of others by naming them. */
export const findCustomer = defineCallFunction({
  name: "find_customer",
  description:
    "Says who is calling, by their number: their name, their next appointment and whether a request of theirs is open. Call it when the caller asks about something of theirs.",
  parameters: z.object({}),
  async run(ctx, call) {
    const { caller, customer, language } = call;
    const say = words[language];
    if (caller === null) return say.withheld;
    if (!customer) return say.unknown;
    if (!customer.sure) return say.shared;
    const { next, openTickets } = await whatIsTheirs(ctx, customer.customerId);
    const speaking = speakingTo(ctx, call);
    return [
      customer.name === null ? say.unnamed : say.known(customer.name),
      next ? say.next(next.service, `${sayTime(next.startsAt, speaking)}${speaking.note}`) : "",
      openTickets > 0 ? say.tickets(openTickets) : "",
    ].join("");
  },
});

/** As many as are counted on the phone. */
const mostTickets = 20;

async function whatIsTheirs(ctx: Ctx, customerId: string) {
  const [appointments, [tickets]] = await withTenant(ctx, (tx) =>
    Promise.all([
      tx.raw.unsafe<{ startsAt: Date; service: string }[]>(
        `select a.starts_at as "startsAt", s.name as service from appointments a
           join services s on s.tenant_id = $1 and s.id = a.service_id
          where a.tenant_id = $1 and a.customer_id = $2::uuid and a.starts_at >= $3::timestamptz and a.status = 'confirmed'
          order by a.starts_at limit 1`,
        [ctx.tenantId, customerId, ctx.clock.now()] as never[],
        { prepare: true },
      ),
      tx.raw.unsafe<{ open: number }[]>(
        `select count(*)::int as open from (
           select from tickets where tenant_id = $1 and customer_id = $2::uuid and status in ('open', 'in_progress', 'waiting_customer')
            limit ${mostTickets}) open`,
        [ctx.tenantId, customerId],
        { prepare: true },
      ),
    ]),
  );
  return { next: appointments[0] ?? null, openTickets: tickets?.open ?? 0 };
}
