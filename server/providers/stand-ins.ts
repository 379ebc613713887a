import type { ProviderName } from "./contract.ts";
import { createEmailFake } from "./email/fake.ts";
import type { StandIn, StandInOptions } from "./stand-in.ts";
import { createInstagramFake } from "./instagram/fake.ts";
import { createRetellFake } from "./retell/fake.ts";
import { createTwilioFake } from "./twilio/fake.ts";
import { createVapiFake } from "./vapi/fake.ts";
import { createWhatsappFake } from "./whatsapp/fake.ts";

/** One stand-in for every vendor; `optionsFor` says where each is mounted and posts its events. */
export function createStandIns(optionsFor: (provider: ProviderName) => StandInOptions): StandIn[] {
  return [
    createWhatsappFake(optionsFor("whatsapp")),
    createInstagramFake(optionsFor("instagram")),
    createTwilioFake(optionsFor("twilio")),
    createEmailFake(optionsFor("email")),
    createVapiFake(optionsFor("vapi")),
    createRetellFake(optionsFor("retell")),
  ];
}
