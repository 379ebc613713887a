import { getTableName, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import * as schema from "./schema/index.ts";
import { testDatabase } from "./testing.ts";

const database = await testDatabase();

/** The only tables without a tenant, and the only indexes that do not begin with one. A new exception is a decision. */
const withoutTenant = ["tenants"];
const acrossTenants: Record<string, string> = {
  tenants_pkey: "the tenants themselves",
  tenants_slug_unique: "a slug is in the URL: one for all",
  channel_routing_keys_key: "a routing key belongs to one tenant",
  invitations_token: "an invitation is found by its token alone (door)",
  surveys_token: "a survey is found by the token of its link alone (door)",
  waitlist_offers_token: "so is an offered time",
  calendar_feeds_token: "and a member's calendar",
  memberships_user: "the memberships of a session (door)",
  customers_search: "trigram search (door; the tenant is compared there)",
  tickets_search: "the same",
  customer_search_words: "its words are kept under their business; read by the search door only",
  search_texts_words: "full text (door; each word stands under its tenant)",
  search_words_similar: "trigrams of words (door; the tenant is compared there)",
};

const declared = (Object.values(schema) as unknown[])
  .filter((value): value is PgTable => is(value, PgTable))
  .filter((table) => getTableConfig(table).schema === undefined)
  .map((table) => getTableName(table))
  .toSorted();

const tables = await database.owner<{ name: string; secured: boolean; forced: boolean; policies: string[] }[]>`
  select class.relname as name, relrowsecurity as secured, relforcerowsecurity as forced,
         array(select polname::text from pg_policy where polrelid = class.oid) as policies
    from pg_class class
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
   order by 1`;

describe("every table of the catalog", () => {
  test("is declared in db/schema, and the other way round", () => {
    expect(tables.map((table) => table.name)).toEqual(declared);
  });

  test.each(tables)("$name: row-level security is on, forced, and by tenant", (table) => {
    expect(table).toMatchObject({ secured: true, forced: true });
    expect(table.policies).toContain("tenant_isolation");
  });

  test("begins its primary key with tenant_id", async () => {
    const keys = await database.owner<{ name: string; first: string }[]>`
      select class.relname as name, attribute.attname as first
        from pg_index join pg_class class on class.oid = indrelid
        join pg_attribute attribute on attribute.attrelid = indrelid and attribute.attnum = indkey[0]
       where indisprimary and class.relnamespace = 'public'::regnamespace and not class.relispartition`;
    expect(keys.filter((key) => key.first !== "tenant_id").map((key) => key.name)).toEqual(withoutTenant);
    expect(keys).toHaveLength(tables.length);
  });

  test("begins every index with tenant_id", async () => {
    const indexes = await database.owner<{ name: string; first: string | null }[]>`
      select index.relname as name, attribute.attname as first
        from pg_index join pg_class index on index.oid = indexrelid join pg_class class on class.oid = indrelid
        left join pg_attribute attribute on attribute.attrelid = indrelid and attribute.attnum = indkey[0]
       where class.relnamespace = 'public'::regnamespace and not class.relispartition and not index.relispartition`;
    const exceptions = indexes.filter((index) => index.first !== "tenant_id").map((index) => index.name);
    expect(exceptions.toSorted()).toEqual(Object.keys(acrossTenants).toSorted());
  });

  test("points into its own tenant only: foreign keys carry tenant_id, and forget the link alone", async () => {
    const keys = await database.owner<
      { name: string; columns: string[]; target: string; action: string; forgotten: string[] }[]
    >`
      select conname as name, confrelid::regclass::text as target, confdeltype as action,
             array(select attname::text from unnest(conkey) with ordinality as list (number, place)
                     join pg_attribute on attrelid = conrelid and attnum = number order by place) as columns,
             array(select attname::text from unnest(confdelsetcols) as number
                     join pg_attribute on attrelid = conrelid and attnum = number) as forgotten
        from pg_constraint
       where contype = 'f' and connamespace = 'public'::regnamespace
         and not exists (select from pg_class where oid = conrelid and relispartition)`;
    expect(keys.length).toBeGreaterThan(20);
    for (const key of keys) {
      if (key.target === "auth.users") continue;
      expect([key.name, key.columns[0]]).toEqual([key.name, "tenant_id"]);
      if (key.target !== "tenants") expect([key.name, key.columns.length]).toEqual([key.name, 2]);
      if (key.action === "n") expect([key.name, key.forgotten]).toEqual([key.name, [key.columns[1]]]);
    }
  });

  test("has only leakproof-friendly types: no enum, no citext", async () => {
    const odd = await database.owner`
      select attrelid::regclass as name, attname, typname from pg_attribute join pg_type type on type.oid = atttypid
       where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p'))
         and attnum > 0 and (typtype = 'e' or typname = 'citext')`;
    expect([...odd]).toEqual([]);
  });
});

describe("roles", () => {
  test("guichet_app owns nothing, bypasses nothing, and reads schema auth never", async () => {
    const [role] =
      await database.owner`select rolsuper, rolbypassrls, rolcreaterole, rolinherit from pg_roles where rolname = 'guichet_app'`;
    expect({ ...role }).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolinherit: false });
    const [owned] =
      await database.owner`select (select count(*) from pg_class where relowner = 'guichet_app'::regrole)::int as count`;
    expect(owned?.count).toBe(0);
    await expect(database.app`select * from auth.users`).rejects.toThrow(/permission denied/);
    await expect(database.app`select * from auth.sessions`).rejects.toThrow(/permission denied/);
  });

  test("doors are definer functions with a fixed path, of roles without power, closed to the public", async () => {
    const doors = await database.owner<
      {
        name: string;
        definer: boolean;
        /** Reads no table: it computes, and needs nobody's rights. */
        pure: boolean;
        settings: string[] | null;
        owner: string;
        login: boolean;
        powerful: boolean;
        open: boolean;
      }[]
    >`
      select proc.proname as name, prosecdef as definer, provolatile = 'i' as pure, proconfig as settings, owner.rolname as owner, owner.rolcanlogin as login,
             owner.rolsuper or owner.rolbypassrls as powerful,
             exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as open
        from pg_proc proc join pg_roles owner on owner.oid = proowner where pronamespace = 'door'::regnamespace`;
    expect(doors.length).toBeGreaterThan(8);
    for (const door of doors) {
      expect([door.name, door.settings?.some((setting) => setting.startsWith("search_path="))]).toEqual([
        door.name,
        true,
      ]);
      expect([door.name, door.powerful, door.open]).toEqual([door.name, false, false]);
      if (["guichet_door", "guichet_auth"].includes(door.owner))
        expect([door.name, door.login, door.definer || door.pure]).toEqual([door.name, false, true]);
    }
  });

  test("nobody is granted anything on a partition", async () => {
    await database.owner`select door.make_log_partitions(current_date, 1)`;
    const grants = await database.owner`
      select relname, grantee::regrole from pg_class, aclexplode(relacl) where relispartition and relnamespace = 'public'::regnamespace and grantee <> relowner`;
    expect([...grants]).toEqual([]);
  });
});
