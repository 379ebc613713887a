import { z } from "zod";
import { readSpokenTime, sayTime, sayTimes } from "#server/domains/spoken-times/index.ts";
import { speakingTo } from "./caller.ts";
import { Declined, defineCallFunction } from "./define-call-function.ts";
import { freeAt, freeBetween, offerNext, spread } from "./offer-times.ts";
import { findWantedService } from "./wanted-service.ts";

const dayMs = 86_400_000;

const words = {
  fr: {
    free: (service: string, time: string) => `Oui, ${time} est libre pour ${service}.`,
    some: (service: string, times: string) => `Pour ${service}, il y a de la place ${times}.`,
    taken: (time: string) => `Ce n'est pas libre ${time}.`,
    none: "Rien n'est libre à ce moment-là.",
  },
  en: {
    free: (service: string, time: string) => `Yes, ${time} is free for ${service}.`,
    some: (service: string, times: string) => `For ${service}, there is room on ${times}.`,
    taken: (time: string) => `It is not free on ${time}.`,
    none: "Nothing is free then.",
  },
};

/** How a caller names what they want, and when: the same for looking and for booking. */
export const wantedParameters = {
  service: z.string().max(200).optional().describe("The service, as the caller names it"),
  member: z.string().max(200).optional().describe("The person whom the caller asks for, if any"),
};
export const spokenWhen = z
  .string()
  .max(300)
  .describe(
    "Day and time in the caller's own words, such as « mardi prochain à quatorze heures trente » or “tomorrow morning”. Do not convert it",
  );

/** Whether a time is free, or when else. */
export const checkAvailability = defineCallFunction({
  name: "check_availability",
  description:
    "Says whether an appointment is possible at a time, or which times are free on a day. Call it before book_appointment, and whenever the caller asks when there is room.",
  parameters: z.object({ ...wantedParameters, when: spokenWhen.optional() }),
  async run(ctx, call, { when, ...named }) {
    const { language } = call;
    const wanted = await findWantedService(ctx, named, language);
    const speaking = speakingTo(ctx, call);
    const { now } = speaking;
    const time = when
      ? readSpokenTime(when, speaking)
      : { kind: "span" as const, from: now, until: new Date(now.getTime() + 14 * dayMs) };
    if (time.kind === "unclear") throw new Declined(time.ask);
    const say = words[language];
    if (time.kind === "time") {
      const said = `${sayTime(time.at, speaking)}${speaking.note}`;
      const slot = await freeAt(ctx, wanted, time.at);
      if (slot) return say.free(wanted.service.name, said);
      return `${say.taken(said)} ${await offerNext(ctx, wanted, time.at, speaking)}`;
    }
    const slots = await freeBetween(ctx, wanted, time);
    if (slots.length === 0) return `${say.none} ${await offerNext(ctx, wanted, time.until, speaking)}`;
    const times = spread(slots).map(({ startsAt }) => startsAt);
    return say.some(wanted.service.name, `${sayTimes(times, speaking)}${speaking.note}`);
  },
});
