import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { Sql } from "postgres";
import postgres from "postgres";
import { startEmbedded } from "./embedded.ts";
import { folderHolder, lockFolder } from "./folder-lock.ts";
import { migrate } from "./migrate.ts";
import { postgresUser } from "./postgres-user.ts";
import { readPostmaster } from "./postmaster.ts";
import { ensureRoles } from "./roles.ts";

const parts = ["postgres", "passwords.json", "encryption.key"];
/** Of messages: there from the first one on, unless a bucket holds them. */
const files = "files";
const schemas = ["auth", "door", "compat", "guichet", "pgboss"];

/** A cold copy of the embedded database, its keys and the files of messages. Throws while the program runs. */
export async function backUpFolder(folder: string, target: string): Promise<void> {
  if (!existsSync(join(folder, "postgres"))) throw new Error(`there is no database in ${folder}`);
  const holder = folderHolder(folder);
  if (holder)
    throw new Error(`Guichet runs on ${folder} (process ${holder}): stop it, the copy is made of a stopped database`);
  if (existsSync(target)) throw new Error(`${target} exists already`);
  const unlock = lockFolder(folder);
  try {
    // A killed program may have left it running, or in need of recovery: started and stopped, it is clean.
    await (await startEmbedded({ folder })).stop();
    mkdirSync(dirname(target), { recursive: true });
    const unfinished = `${target}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    for (const part of partsIn(folder)) execFileSync("cp", ["-a", join(folder, part), join(unfinished, part)]);
    renameSync(unfinished, target);
  } finally {
    unlock();
  }
}

function partsIn(folder: string): string[] {
  return existsSync(join(folder, files)) ? [...parts, files] : parts;
}

/** Puts a cold copy in place. What is there is moved aside first, and only with `replace`. */
export async function restoreFolder(source: string, folder: string, replace: boolean): Promise<void> {
  for (const part of parts)
    if (!existsSync(join(source, part))) throw new Error(`${source} is no backup: it has no ${part}`);
  const unlock = lockFolder(folder);
  try {
    const present = readdirSync(folder).filter((name) => name === files || parts.includes(name));
    if (present.length > 0 && !replace)
      throw new Error(`${folder} holds a database already: with --yes it is moved aside first`);
    if (existsSync(join(folder, "postgres")) && readPostmaster(join(folder, "postgres")))
      await (await startEmbedded({ folder })).stop();
    if (present.length > 0) {
      const aside = join(folder, `replaced-${Date.now()}`);
      mkdirSync(aside, { mode: 0o700 });
      for (const part of present) renameSync(join(folder, part), join(aside, part));
    }
    for (const part of partsIn(source)) execFileSync("cp", ["-a", join(source, part), join(folder, part)]);
    const user = postgresUser();
    if (user) execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, join(folder, "postgres")]);
  } finally {
    unlock();
  }
}

/**
 * pg_dump by the owner. Forced row-level security hides every row from it, so it is lifted for as long
 * as the dump takes; `guichet_app` owns nothing and stays bound by every policy all the while.
 */
export async function backUpServer(ownerUrl: string, target: string): Promise<void> {
  const binary = findBinary("pg_dump");
  if (existsSync(target)) throw new Error(`${target} exists already`);
  mkdirSync(dirname(target), { recursive: true });
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    const forced = await sql<
      { name: string }[]
    >`select oid::regclass::text as name from pg_class where relforcerowsecurity`;
    const setForce = async (word: string) => {
      await sql
        .unsafe(
          `set lock_timeout = '10s'; ${forced.map(({ name }) => `alter table ${name} ${word} row level security;`).join(" ")}`,
        )
        .simple();
    };
    await setForce("no force");
    try {
      run(binary, ["--format=custom", "--no-privileges", `--file=${target}`], ownerUrl);
    } finally {
      await setForce("force");
    }
  } finally {
    await sql.end();
  }
}

/** pg_restore by the owner; owners, rights and forced policies come from this code's own files. */
export async function restoreServer(
  source: string,
  urls: { ownerUrl: string; appUrl: string },
  replace: boolean,
): Promise<void> {
  if (!existsSync(source)) throw new Error(`there is no file ${source}`);
  const binary = findBinary("pg_restore");
  const sql = postgres(urls.ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    const [there] = await sql<{ there: boolean }[]>`select to_regclass('guichet.migrations') is not null as there`;
    if (there?.there && !replace)
      throw new Error("the database holds Guichet's data already: with --yes it is replaced");
    await ensureRoles(sql, decodeURIComponent(new URL(urls.appUrl).password));
    await emptyDatabase(sql);
    run(
      binary,
      ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname=", source],
      urls.ownerUrl,
    );
    await sql`delete from guichet.repeatables`;
  } finally {
    await sql.end();
  }
  await migrate(urls);
}

/** Takes away all that the owner made. `public` itself stays: on PostgreSQL 15 it is not the owner's to drop. */
async function emptyDatabase(sql: Sql): Promise<void> {
  await sql.unsafe(schemas.map((name) => `drop schema if exists ${name} cascade;`).join(" ")).simple();
  const left = await sql<{ statement: string }[]>`
    select format('drop extension if exists %I cascade', extname) as statement
      from pg_extension where extowner = current_user::regrole
    union all
    select format('drop %s if exists %s cascade',
        case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, oid::regclass)
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'S')
       and not relispartition and relowner = current_user::regrole
    union all
    select format('drop routine if exists %s cascade', p.oid::regprocedure) from pg_proc p
     where pronamespace = 'public'::regnamespace and proowner = current_user::regrole
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;
  for (const { statement } of left) await sql.unsafe(statement);
}

/** The connection goes through the environment: a password must not appear in the list of processes. */
function run(binary: string, args: string[], url: string): void {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const done = spawnSync(
    binary,
    args.map((arg) => (arg === "--dbname=" ? `--dbname=${pathname.slice(1)}` : arg)),
    {
      encoding: "utf8",
      env: {
        ...process.env,
        PGHOST: hostname,
        PGPORT: port || "5432",
        PGUSER: decodeURIComponent(username),
        PGPASSWORD: decodeURIComponent(password),
        PGDATABASE: pathname.slice(1),
        ...(searchParams.get("sslmode") ? { PGSSLMODE: searchParams.get("sslmode") ?? "" } : {}),
      },
    },
  );
  if (done.status !== 0) throw new Error(`${binary} failed: ${(done.stderr ?? "").trim()}`);
}

function findBinary(name: string): string {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found) throw new Error(`${name} is not installed: install the PostgreSQL client tools (postgresql-client)`);
  return found;
}
