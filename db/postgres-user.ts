import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The account that PostgreSQL runs as. Null unless the program is root, which PostgreSQL refuses. */
export interface PostgresUser {
  uid: number;
  gid: number;
}

/** As root, finds the `postgres` system user, making it where the machine has none. */
export function postgresUser(): PostgresUser | null {
  if (process.getuid?.() !== 0) return null;
  const found = readUser();
  if (found) return found;
  const made = spawnSync("useradd", ["--system", "--no-create-home", "--user-group", "postgres"]);
  if (made.status !== 0) spawnSync("adduser", ["-S", "-D", "-H", "postgres"]);
  const user = readUser();
  if (!user) {
    throw new Error("PostgreSQL does not run as root and no `postgres` system user could be made: run as another user");
  }
  return user;
}

export function giveTo(user: PostgresUser | null, path: string): void {
  if (user) chownSync(path, user.uid, user.gid);
}

/**
 * How to run a PostgreSQL binary. As root it is run as `postgres`; where a folder above the project
 * or its data shuts that user out (`/root`, a private temporary folder), `setpriv` lets it pass
 * through folders while it stays an ordinary user.
 */
export function asPostgres(
  user: PostgresUser | null,
  binary: string,
  args: string[],
  paths: string[],
): { file: string; args: string[]; options: { uid?: number; gid?: number } } {
  if (!user) return { file: binary, args, options: {} };
  if ([binary, ...paths].every((path) => reachable(path, user))) return { file: binary, args, options: user };
  const privileges = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
  ];
  if (spawnSync("setpriv", [...privileges, binary, "--version"]).status !== 0) {
    throw new Error(
      `the \`postgres\` system user cannot reach ${closedFolder([binary, ...paths], user)}: ` +
        "run Guichet as another user, or from a folder that others may enter",
    );
  }
  return { file: "setpriv", args: [...privileges, binary, ...args], options: {} };
}

function readUser(): PostgresUser | null {
  try {
    const read = (flag: string) =>
      Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: read("-u"), gid: read("-g") };
  } catch {
    return null;
  }
}

function reachable(path: string, user: PostgresUser): boolean {
  return closedFolder([path], user) === undefined;
}

function closedFolder(paths: string[], user: PostgresUser): string | undefined {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return folder;
    }
  }
  return undefined;
}
