import type { PageRequest } from "#app/context.ts";

/** The time zone in which the member's pages show and ask for days: their own, else the business's. */
export function zoneOf({ viewer, tenantSlug }: PageRequest): string {
  const membership = viewer?.memberships.find(({ slug }) => slug === tenantSlug);
  return viewer?.timezone ?? membership?.timezone ?? "Europe/Paris";
}
