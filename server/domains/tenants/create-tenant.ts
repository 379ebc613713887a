import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { newId } from "#server/core/ids.ts";

export interface NewTenant {
  name: string;
  kind?: "business" | "platform";
  country?: string;
  timezone?: string;
  locale?: "fr" | "en";
  currency?: string;
  demo?: boolean;
}

/** Makes a tenant; its slug comes from its name, with a number behind it where that is taken. */
export async function createTenant(values: NewTenant): Promise<{ tenantId: string; slug: string }> {
  const tenantId = newId();
  const wanted = slugOf(values.name);
  for (let attempt = 1; ; attempt += 1) {
    const slug = attempt === 1 ? wanted : `${wanted}-${attempt}`;
    const made = await withTenant({ tenantId }, (tx) =>
      tx
        .insert(tenants)
        .values({ ...values, id: tenantId, slug })
        .onConflictDoNothing({ target: tenants.slug })
        .returning({ id: tenants.id }),
    );
    if (made.length > 0) return { tenantId, slug };
  }
}

/** "Atelier Lumière & Fils" → "atelier-lumiere-fils". */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/œ/gi, "oe")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replace(/^-+|-+$/g, "");
  return slug || "guichet";
}
