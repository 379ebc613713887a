import { appPool } from "#db/tenant.ts";
import { createTenant } from "./create-tenant.ts";

/** The tenant that owns the events nobody claims; made where it is missing. */
export async function ensurePlatformTenant(): Promise<string> {
  const [found] = await appPool()<{ id: string | null }[]>`select door.platform_tenant() as id`;
  if (found?.id) return found.id;
  return (await createTenant({ name: "Plateforme", kind: "platform" })).tenantId;
}
