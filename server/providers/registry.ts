import type { Provider, ProviderName } from "./contract.ts";
import { twilio } from "./twilio/index.ts";
import { whatsapp } from "./whatsapp/index.ts";

/** Every vendor we speak to, by name. The only place that names them all. */
export const providers: Readonly<Record<ProviderName, Provider>> = { whatsapp, twilio };

export const allProviders: readonly Provider[] = Object.values(providers);

/** The provider of a stored name, or null for one this program does not know. */
export function providerNamed(name: string): Provider | null {
  return allProviders.find((provider) => provider.name === name) ?? null;
}
