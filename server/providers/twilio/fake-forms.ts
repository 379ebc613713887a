import type { StandInCustomer } from "../stand-in.ts";
import { isWhatsapp } from "./address.ts";
import type { FakeAccount } from "./fake-accounts.ts";

/** The webhook of a customer's message, as Twilio writes it. */
export function inboundForm(
  account: FakeAccount,
  customer: StandInCustomer,
  sid: string,
  text: string,
): URLSearchParams {
  const overWhatsapp = isWhatsapp(account.address);
  const form = new URLSearchParams({
    ToCountry: "FR",
    ToState: "",
    SmsMessageSid: sid,
    NumMedia: "0",
    SmsSid: sid,
    FromCountry: "FR",
    SmsStatus: "received",
    Body: text,
    To: account.address,
    NumSegments: String(Math.max(1, Math.ceil(text.length / 153))),
    MessageSid: sid,
    AccountSid: account.credentials.account_sid ?? "",
    From: overWhatsapp ? `whatsapp:${customer.address}` : customer.address,
    ApiVersion: "2010-04-01",
  });
  const service = account.credentials.messaging_service_sid;
  if (service) form.set("MessagingServiceSid", service);
  if (overWhatsapp) {
    form.set("ProfileName", customer.name ?? customer.address);
    form.set("WaId", customer.address.replace(/\D/g, ""));
    form.set("MessageType", "text");
  }
  return form;
}
