import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";

/** Somebody on a public page, who is not signed in. */
export interface Visitor {
  /** Where they come from, as the edge saw it. */
  address: string;
  clock: Clock;
}

/** The business of a public address, in whose rows a visitor's wishes are carried out; `not_found` for a name that is none. */
export async function enterBusiness({ clock }: Visitor, slug: string): Promise<Ctx> {
  const [found] = await appPool()<{ id: string | null }[]>`select door.business_of_slug(${slug}) as id`;
  if (!found?.id) throw notFound();
  return contextFor(found.id, { type: "system" }, clock);
}
