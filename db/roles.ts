import type { Sql } from "postgres";

type Role = { name: string; attributes: string };

const roles: Role[] = [
  { name: "guichet_app", attributes: "login noinherit nosuperuser nobypassrls nocreatedb nocreaterole" },
  { name: "guichet_auth", attributes: "nologin nosuperuser nobypassrls nocreatedb nocreaterole" },
  { name: "guichet_door", attributes: "nologin nosuperuser nobypassrls nocreatedb nocreaterole" },
];

/**
 * Done once by a superuser: the owner role, which may make roles but is no superuser, and its
 * database. NOINHERIT so that the owner does not pass through the door's policies (PostgreSQL 15).
 */
export async function bootstrapServer(sql: Sql, options: { database: string; ownerPassword: string }): Promise<void> {
  const [owner] = await sql`select 1 from pg_roles where rolname = 'guichet_owner'`;
  if (!owner) {
    await sql.unsafe("create role guichet_owner login createrole createdb noinherit nosuperuser nobypassrls");
    await setPassword(sql, "guichet_owner", options.ownerPassword);
  }
  const [made] = await sql`select 1 from pg_database where datname = ${options.database}`;
  if (!made) await sql.unsafe(`create database ${quoteName(options.database)} owner guichet_owner`);
}

/**
 * Makes the roles that are missing and the memberships that they need, as the owner of the database.
 * Roles are never dropped or changed: another database of the same server may use them.
 * `appPassword` is given to `guichet_app` only when it is made here.
 */
export async function ensureRoles(sql: Sql, appPassword: string | undefined): Promise<void> {
  const existing = new Set((await sql<{ rolname: string }[]>`select rolname from pg_roles`).map((row) => row.rolname));
  for (const role of roles) {
    if (existing.has(role.name)) continue;
    await sql.unsafe(`create role ${role.name} ${role.attributes}`);
    if (role.name === "guichet_app" && appPassword) await setPassword(sql, role.name, appPassword);
  }
  await grantMembership(sql, "guichet_auth", "guichet_app");
  const owner = await currentUser(sql);
  await grantMembership(sql, "guichet_door", owner);
  await grantMembership(sql, "guichet_auth", owner);
  await allowPublicSchema(sql, owner);
}

/** On PostgreSQL 15 an owner that inherits nothing must take the database owner's part of `public` itself. */
async function allowPublicSchema(sql: Sql, owner: string): Promise<void> {
  const [row] = await sql<{ may: boolean }[]>`select has_schema_privilege('public', 'create') as may`;
  if (row?.may) return;
  await sql
    .unsafe(`
    set role pg_database_owner;
    grant usage, create on schema public to ${quoteName(owner)};
    reset role;
  `)
    .simple();
}

/** Gives a role a password without the password appearing in a statement that the server could log. */
export async function setPassword(sql: Sql, role: string, password: string): Promise<void> {
  const [row] = await sql<{ statement: string }[]>`
    select format('alter role %I password %L', ${role}::text, ${password}::text) as statement`;
  if (row) await sql.unsafe(row.statement);
}

/** The member may become `role` (SET ROLE) but has none of its rights before it does. */
async function grantMembership(sql: Sql, role: string, member: string): Promise<void> {
  const [already] = await sql<{ member: boolean }[]>`
    select exists (
      select 1 from pg_auth_members m where m.roleid = ${role}::regrole and m.member = ${member}::regrole
        and (${sql.unsafe((await modern(sql)) ? "m.set_option" : "true")})) as member`;
  if (already?.member) return;
  const how = (await modern(sql)) ? " with set true, inherit false" : "";
  await sql.unsafe(`grant ${role} to ${quoteName(member)}${how}`);
}

/** PostgreSQL 16 and newer say per membership whether it is inherited. */
async function modern(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
  return (row?.version ?? 0) >= 160_000;
}

async function currentUser(sql: Sql): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select current_user as name`;
  return row?.name ?? "guichet_owner";
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
