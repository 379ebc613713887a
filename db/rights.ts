import type { Sql } from "postgres";

/** Throws one sentence when the serving role could get around row-level security. */
export async function refuseTooManyRights(sql: Sql): Promise<void> {
  const [role] = await sql<{ name: string; superuser: boolean; bypass: boolean; owned: string | null }[]>`
    select current_user as name, rolsuper as superuser, rolbypassrls as bypass,
      (select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relowner = r.oid and c.relkind in ('r', 'p') and n.nspname !~ '^pg_' limit 1) as owned
    from pg_roles r where rolname = current_user`;
  const reason = role?.superuser
    ? "is a superuser"
    : role?.bypass
      ? "may bypass row-level security (BYPASSRLS)"
      : role?.owned
        ? `owns tables (${role.owned})`
        : null;
  if (reason) {
    throw new Error(
      `DATABASE_URL signs in as ${role?.name}, which ${reason}: Guichet serves only as guichet_app, which cannot`,
    );
  }
}
