import type { PageRequest } from "#app/context.ts";

/** The time zone of the business: appointments are kept by its clock, whatever zone a member chose for the rest. */
export function zoneOfBusiness({ viewer, tenantSlug }: PageRequest): string {
  return viewer?.memberships.find(({ slug }) => slug === tenantSlug)?.timezone ?? "Europe/Paris";
}
