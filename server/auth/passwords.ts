import { hash, verify } from "@node-rs/argon2";
import { passwords } from "#db/schema/auth.ts";
import type { Database } from "#db/client.ts";
import { newToken } from "#server/core/ids.ts";

/** argon2id with 19 MiB, two passes, one lane (OWASP), as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

let nobody: Promise<string> | undefined;

/** Whether the password is the one behind `stored`. Without one it takes the same time and says no. */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await (nobody ??= hashPassword(newToken()))), password);
  return matches && stored !== undefined;
}

export async function setPassword(db: Database, userId: string, password: string): Promise<void> {
  const hashed = await hashPassword(password);
  await db
    .insert(passwords)
    .values({ userId, hash: hashed })
    .onConflictDoUpdate({ target: passwords.userId, set: { hash: hashed, updatedAt: new Date() } });
}
