import type { Ctx } from "#server/core/context.ts";
import { listServices } from "#server/domains/scheduling/index.ts";
import type { Service } from "#server/domains/scheduling/schemas.ts";
import type { Language } from "#server/domains/spoken-times/index.ts";
import { plainWords } from "#server/domains/spoken-times/index.ts";
import { Declined } from "./define-call-function.ts";

/** As many names as one remembers on the phone. */
const mostNamed = 5;

const words = {
  fr: {
    none: "Aucun rendez-vous ne peut être pris pour le moment.",
    which: (names: string) => `Pour quelle prestation ? Il y a ${names}.`,
    who: (names: string) => `Avec qui ? Il y a ${names}.`,
    and: " et ",
  },
  en: {
    none: "No appointment can be made right now.",
    which: (names: string) => `For which service? There is ${names}.`,
    who: (names: string) => `With whom? There is ${names}.`,
    and: " and ",
  },
};

/** A service as callers name it, and the member they ask for. */
export interface WantedService {
  service: Service;
  /** null: whoever is free. */
  userId: string | null;
}

/**
 * The service that is meant, by its name or a part of it; the only one there is needs none. Where it could be several, or the
 * member could, it is asked back which. Throws {@link Declined}.
 */
export async function findWantedService(
  ctx: Ctx,
  { service: named, member }: { service?: string | undefined; member?: string | undefined },
  language: Language,
): Promise<WantedService> {
  const services = (await listServices(ctx)).filter(({ archived, members }) => !archived && members.length > 0);
  if (services.length === 0) throw new Declined(words[language].none);
  const service = services.length === 1 ? services[0] : oneMeant(services, named);
  if (!service) throw new Declined(words[language].which(listed(services, language)));
  const who = member ? oneMeant(service.members, member) : null;
  if (member && !who) throw new Declined(words[language].who(listed(service.members, language)));
  return { service, userId: who?.userId ?? null };
}

/** The one of these that a name means best; null where none or several do, and where nothing was said. */
function oneMeant<Named extends { name: string }>(all: readonly Named[], said: string | undefined): Named | null {
  const spoken = plainWords(said ?? "");
  if (spoken === "") return null;
  const named = all.map((one) => ({ one, words: plainWords(one.name) }));
  const ways = [
    named.filter(({ words: name }) => name === spoken),
    named.filter(({ words: name }) => name !== "" && (spoken.includes(name) || name.includes(spoken))),
    named.filter(({ words: name }) => name.split(" ").some((word) => word.length > 3 && spoken.includes(word))),
  ];
  const found = ways.find((way) => way.length > 0) ?? [];
  return found.length === 1 ? found[0]!.one : null;
}

function listed(all: readonly { name: string }[], language: Language): string {
  const names = all.slice(0, mostNamed).map(({ name }) => name);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")}${words[language].and}${names.at(-1)!}`;
}
