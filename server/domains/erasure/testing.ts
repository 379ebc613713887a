import type { TransactionSql } from "postgres";
import type { TestDatabase } from "#db/testing.ts";

/** Columns that say nothing of a person: what the business itself named, and what a row is. Those of a closed list are left out anyway. */
const ofNobody: Record<string, string[]> = {
  conversations: ["channel_type", "address_kind"],
  customers: ["source", "language", "timezone", "country", "currency"],
  customer_activities: ["channel", "currency"],
  customer_identities: ["source"],
  messages: ["channel_type", "provider", "template_name"],
  call_logs: ["provider", "assistant_id", "currency"],
  call_functions: ["name"],
  surveys: ["channel_type", "language", "token_hash", "token_sealed"],
  tickets: ["channel_type", "merged_state", "sla_clocks"],
  ticket_events: ["type", "actor_type"],
  appointment_events: ["type", "actor_type"],
  prospects: ["currency"],
  prospect_events: ["type", "actor_type"],
  webhook_logs: ["platform", "webhook_type", "account"],
  webhook_deliveries: ["provider", "path", "reason"],
  audit_log: ["action", "entity_type", "entity_id", "actor_type"],
};

/** Tables whose rows, in a business with one customer, are about that customer. */
export const tablesOfPeople = [
  "customers",
  "customer_notes",
  "customer_tags",
  "customer_identities",
  "customer_activities",
  "customer_communication_preferences",
  "conversations",
  "drafts",
  "scheduled_messages",
  "messages",
  "message_events",
  "mail_bodies",
  "attachments",
  "call_logs",
  "call_functions",
  "surveys",
  "tickets",
  "ticket_events",
  "appointments",
  "appointment_events",
  "prospects",
  "prospect_events",
  "webhook_logs",
  "webhook_deliveries",
  "audit_log",
];

/**
 * Writes a word into every text, list and document of a business's rows, column by column as the catalog has
 * them: a column made tomorrow is planted too. Answers what was planted, as `table.column`.
 */
export async function plant(database: TestDatabase, tenantId: string, word: string): Promise<string[]> {
  const columns = await database.owner<{ table: string; column: string; type: string }[]>`
    select class.relname as table, attname as column, format_type(atttypid, atttypmod) as type
      from pg_attribute join pg_class class on class.oid = attrelid
     where relnamespace = 'public'::regnamespace and relname = any(${tablesOfPeople}) and attnum > 0 and not attisdropped
       and attgenerated = '' and not exists (select from pg_constraint where conrelid = attrelid and contype = 'c' and attnum = any(conkey)) and format_type(atttypid, atttypmod) in ('text', 'text[]', 'jsonb', 'bytea')`;
  const planted: string[] = [];
  await asTenant(database, tenantId, async (tx) => {
    for (const { table, column, type } of columns) {
      if (ofNobody[table]?.includes(column)) continue;
      const done = await tx
        .savepoint((inner) => inner.unsafe(`update "${table}" set "${column}" = ${valueOf(type, column, word)}`))
        .then((result) => result.count > 0);
      if (done) planted.push(`${table}.${column}`);
    }
  });
  return planted;
}

function valueOf(type: string, column: string, word: string): string {
  if (type === "text[]") return `array['${word}']`;
  if (type === "bytea") return `convert_to('${word}', 'UTF8')`;
  if (type === "text") return `'${word} ' || ctid::text`;
  return `case when jsonb_typeof("${column}") = 'array' then '[{"error":"${word}"}]' else '{"error":"${word}"}' end::jsonb`;
}

/** Where a word stands in any row of any table, jobs included, as `table: row`. */
export async function findWord(database: TestDatabase, tenantId: string, word: string): Promise<string[]> {
  const tables = await database.owner<{ name: string }[]>`
    select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace space on space.oid = relnamespace
     where nspname in ('public', 'pgboss') and relkind in ('r', 'p') and not relispartition order by 1`;
  const found: string[] = [];
  await asTenant(database, tenantId, async (tx) => {
    for (const { name } of tables) {
      const bytes = name === "public.webhook_deliveries" ? " || encode(body, 'escape')" : "";
      const rows = await tx.unsafe<{ row: string }[]>(
        `select left(to_jsonb(one)::text, 400) as row from ${name} one where strpos(lower(to_jsonb(one)::text${bytes}), lower('${word}')) > 0`,
      );
      found.push(...rows.map(({ row }) => `${name}: ${row}`));
    }
  });
  return found;
}

/** The owner of the tables sees one tenant at a time too. */
async function asTenant<T>(
  database: TestDatabase,
  tenantId: string,
  run: (tx: TransactionSql) => Promise<T>,
): Promise<void> {
  await database.owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
    await run(tx);
  });
}
