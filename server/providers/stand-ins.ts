import type { ProviderName } from "./contract.ts";
import { createEmailFake } from "./email/fake.ts";
import type { StandIn, StandInOptions } from "./stand-in.ts";
import { createInstagramFake } from "./instagram/fake.ts";
import { createMailgunFake } from "./mailgun/fake.ts";
import { createPostmarkFake } from "./postmark/fake.ts";
import { createRetellFake } from "./retell/fake.ts";
import { createSendgridFake } from "./sendgrid/fake.ts";
import { createSesFake } from "./ses/fake.ts";
import { createTwilioFakes } from "./twilio/fake.ts";
import { createVapiFake } from "./vapi/fake.ts";
import { createWhatsappFake } from "./whatsapp/fake.ts";

/** The stand-ins of every vendor, one a kind of line; `optionsFor` says where each is mounted and posts its events. */
export function createStandIns(optionsFor: (provider: ProviderName) => StandInOptions): StandIn[] {
  return [
    createWhatsappFake(optionsFor("whatsapp")),
    createInstagramFake(optionsFor("instagram")),
    ...createTwilioFakes(optionsFor("twilio")),
    createEmailFake(optionsFor("email")),
    createSendgridFake(optionsFor("sendgrid")),
    createMailgunFake(optionsFor("mailgun")),
    createPostmarkFake(optionsFor("postmark")),
    createSesFake(optionsFor("ses")),
    createVapiFake(optionsFor("vapi")),
    createRetellFake(optionsFor("retell")),
  ];
}
