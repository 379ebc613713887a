import { cpus, platform, release, totalmem } from "node:os";
import type { Sql } from "postgres";

/** What the figures of the goals were measured on. */
export async function describeMachine(sql: Sql): Promise<string[]> {
  const [sizes] = await sql<Record<string, string>[]>`
    select pg_size_pretty(pg_database_size(current_database())) as database`;
  return [
    ...(await describeServer(sql)),
    `database ${sizes?.database}: 100,000 tickets (40,000 open), 200,000 messages, 100,000 customers, 200 members in one tenant; 1,000,000 tickets in a second; a hundred small ones beside`,
  ];
}

/** The machine and its PostgreSQL. */
export async function describeServer(sql: Sql): Promise<string[]> {
  const [settings] = await sql<Record<string, string>[]>`
    select version() as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
           current_setting('full_page_writes') as full_page_writes, current_setting('shared_buffers') as shared_buffers`;
  return [
    `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}, Node ${process.version}`,
    `${settings?.version?.split(" on ")[0]}; fsync ${settings?.fsync}, synchronous_commit ${settings?.synchronous_commit}, full_page_writes ${settings?.full_page_writes}, shared_buffers ${settings?.shared_buffers}`,
  ];
}
