import { z } from "zod";
import { ticketPriorities } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { addTicketNote, openTicket } from "#server/domains/tickets/index.ts";
import { customerOf } from "./caller.ts";
import { defineCallFunction } from "./define-call-function.ts";

const words = {
  fr: {
    opened: (number: number) => `C'est noté sous le numéro ${number}. Quelqu'un s'en occupe et vous recontacte.`,
    added: (number: number) => `Je l'ai ajouté à votre demande numéro ${number}.`,
  },
  en: {
    opened: (number: number) => `It is noted under number ${number}. Somebody will look into it and get back to you.`,
    added: (number: number) => `I added it to your request number ${number}.`,
  },
};

/** Leaves what the caller needs with the team. */
export const createTicket = defineCallFunction({
  name: "create_ticket",
  description:
    "Notes a request, a complaint or a wish to be called back for the team, where nothing else settles it during the call. Once in a call: what is said later is added to the same request.",
  changes: true,
  parameters: z.object({
    subject: z.string().trim().min(1).max(200).describe("What it is about, in a few words"),
    description: z.string().max(4_000).optional().describe("What the caller said, in a few sentences"),
    priority: z.enum(ticketPriorities).optional().describe("urgent only for danger or damage that cannot wait"),
    name: z.string().max(160).optional().describe("The caller's name, if they said it"),
    phone: z.string().max(100).optional().describe("A number to reach them, as it was said"),
  }),
  async run(ctx, call, { subject, description = "", priority, name, phone }) {
    const say = words[call.language];
    const open = call.callId ? await ticketOfCall(ctx, call.callId) : null;
    if (open) {
      await addTicketNote(ctx, { ticketId: open.id, text: [subject, description].filter(Boolean).join("\n") });
      return { said: say.added(open.number), links: { ticketId: open.id } };
    }
    const { customerId } = await customerOf(ctx, call, { name, phone });
    const { ticketId, number } = await openTicket(ctx, {
      subject,
      description,
      ...(priority ? { priority } : {}),
      ...(call.conversationId ? { conversationId: call.conversationId } : { channelType: "phone" as const }),
      customerId,
      source: "voice_agent",
    });
    return { said: say.opened(number), links: { ticketId, customerId } };
  },
});

/** The request that this call is about, if there is one. */
async function ticketOfCall(ctx: Ctx, callId: string): Promise<{ id: string; number: number } | null> {
  const [ticket] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ id: string; number: number }[]>(
      `select ticket.id, ticket.number from call_logs call
         join tickets ticket on ticket.tenant_id = $1 and ticket.id = call.ticket_id and ticket.merged_into_id is null
        where call.tenant_id = $1 and call.id = $2::uuid`,
      [ctx.tenantId, callId],
      { prepare: true },
    ),
  );
  return ticket ?? null;
}
