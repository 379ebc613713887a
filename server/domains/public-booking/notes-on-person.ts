import type { TenantTx } from "#db/tenant.ts";
import { canonicalPhone } from "#server/core/phones.ts";
import type { ContactWay } from "./schemas.ts";

interface WhoBooks {
  displayName: string;
  phone?: string | undefined;
  email?: string | undefined;
  preferredChannel?: ContactWay | undefined;
}

interface Known {
  displayName: string;
  phones: string[];
  emails: string[];
  preferredChannel: string | null;
  country: string;
  locale: "fr" | "en";
}

/**
 * What the team is to know of who booked, where it differs from what is known of the customer: nobody who is not signed in
 * changes that. Empty where nothing does.
 */
export async function notesOnPerson(
  tx: TenantTx,
  { customerId, person }: { customerId: string; person: WhoBooks },
): Promise<string> {
  const [known] = await tx.raw.unsafe<Known[]>(statement, [tx.tenantId, customerId], { prepare: true });
  if (!known) return "";
  const { displayName, phone, email, preferredChannel } = person;
  const name = displayName === known.displayName ? null : displayName;
  const number = phone && (canonicalPhone(phone, known.country) ?? phone);
  const otherPhone = number && !known.phones.includes(number) ? number : null;
  const otherEmail = email && !known.emails.includes(email.toLowerCase()) ? email : null;
  const by =
    preferredChannel && preferredChannel !== known.preferredChannel ? ways[known.locale][preferredChannel] : null;
  const told = [name, otherPhone, otherEmail, by].filter(Boolean).join(", ");
  return told && words[known.locale](told);
}

const words = {
  fr: (told: string) => `Réservé en ligne en indiquant : ${told}.`,
  en: (told: string) => `Booked online, giving: ${told}.`,
};
const ways: Record<Known["locale"], Record<ContactWay, string>> = {
  fr: { sms: "à prévenir par SMS", whatsapp: "à prévenir par WhatsApp", email: "à prévenir par e-mail" },
  en: { sms: "to be told by SMS", whatsapp: "to be told by WhatsApp", email: "to be told by email" },
};

const statement = `
  select c.display_name as "displayName", c.preferred_channel as "preferredChannel", t.country, t.locale,
         array(select value from customer_identities where tenant_id = $1 and customer_id = c.id and kind = 'phone') as phones,
         array(select value from customer_identities where tenant_id = $1 and customer_id = c.id and kind = 'email') as emails
    from customers c join tenants t on t.id = $1
   where c.tenant_id = $1 and c.id = $2::uuid`;
