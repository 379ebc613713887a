import type { Provider } from "./contract.ts";
import { email } from "./email/index.ts";
import { instagram } from "./instagram/index.ts";
import { mailgun } from "./mailgun/index.ts";
import { postmark } from "./postmark/index.ts";
import { retell } from "./retell/index.ts";
import { sendgrid } from "./sendgrid/index.ts";
import { ses } from "./ses/index.ts";
import { twilio } from "./twilio/index.ts";
import { vapi } from "./vapi/index.ts";
import { whatsapp } from "./whatsapp/index.ts";

/** Every vendor we speak to. The only place that names them all. */
export const allProviders: readonly Provider[] = [
  whatsapp,
  instagram,
  twilio,
  email,
  sendgrid,
  mailgun,
  postmark,
  ses,
  vapi,
  retell,
];

const byName = new Map<string, Provider>(allProviders.map((provider) => [provider.name, provider]));

/** The provider of a stored name, or null for one this program does not know. */
export function providerNamed(name: string): Provider | null {
  return byName.get(name) ?? null;
}
