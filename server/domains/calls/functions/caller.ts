import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { findOrCreateCustomer, nameCustomers, resolveCustomers } from "#server/domains/customers/index.ts";
import { readSpokenPhone } from "#server/domains/spoken-times/index.ts";
import type { Speaking } from "#server/domains/spoken-times/index.ts";
import type { CallLinks, SpeakingCall } from "./define-call-function.ts";
import { Declined } from "./define-call-function.ts";

const words = {
  fr: {
    name: "À quel nom, et à quel numéro peut-on vous joindre ?",
    phone: "Je n'ai pas bien compris le numéro. Pouvez-vous le répéter ?",
    yourTime: ", à votre heure",
  },
  en: {
    name: "What is your name, and on which number can we reach you?",
    phone: "I did not quite catch the number. Could you repeat it?",
    yourTime: ", your time",
  },
};

/** How times are said to the caller: by their own clock where it is known. */
export function speakingTo(ctx: Ctx, { customer, timezone, language }: SpeakingCall): Speaking & { note: string } {
  const zone = customer?.timezone ?? timezone;
  const now = ctx.clock.now();
  return { zone, language, now, note: zone === timezone ? "" : words[language].yourTime };
}

/**
 * Whom the function acts for: the customer of the number that calls, who becomes one where nobody knows it; from a withheld
 * number, who they say they are. Throws {@link Declined} with what has to be asked.
 */
export async function customerOf(
  ctx: Ctx,
  { caller, customer, language }: SpeakingCall,
  { name, phone }: { name?: string | undefined; phone?: string | undefined },
): Promise<Required<Pick<CallLinks, "customerId">>> {
  if (customer) {
    if (name && customer.sure && customer.name === null)
      await nameCustomers(ctx, [{ customerId: customer.customerId, name }]);
    return { customerId: customer.customerId };
  }
  if (caller !== null) {
    const person = { name: name ?? null, identities: [{ kind: "phone" as const, value: caller, raw: caller }] };
    const occurredAt = ctx.clock.now();
    const people = await resolveCustomers(ctx, [{ key: caller, person, channelType: "phone", occurredAt }]);
    return { customerId: people.get(caller)!.customerId };
  }
  if (!name || !phone) throw new Declined(words[language].name);
  const digits = readSpokenPhone(phone, language);
  if (digits === null) throw new Declined(words[language].phone);
  try {
    return await findOrCreateCustomer(ctx, { displayName: name, phone: digits });
  } catch (error) {
    if (error instanceof DomainError && error.fields.phone) throw new Declined(words[language].phone);
    throw error;
  }
}
