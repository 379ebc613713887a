import { eq } from "drizzle-orm";
import { passwords, users } from "#db/schema/auth.ts";
import { memberships } from "#db/schema/tenants.ts";
import type { Role } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { authDb, inAuth } from "./auth-pool.ts";
import { setPassword } from "./passwords.ts";

export interface Person {
  userId: string;
  email: string;
  name: string;
}

/** The person with this email and their password's hash, in one wait. */
export async function findPerson(address: string): Promise<(Person & { passwordHash: string | null }) | null> {
  const [row] = await authDb()
    .select({ userId: users.id, email: users.email, name: users.name, passwordHash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(eq(users.email, address));
  return row ?? null;
}

/** Makes a person with a password; null when the email is taken. */
export async function createPerson(values: {
  email: string;
  name: string;
  password: string;
  locale?: "fr" | "en";
}): Promise<Person | null> {
  return inAuth(async (db) => {
    const userId = newId();
    const made = await db
      .insert(users)
      .values({ id: userId, email: values.email, name: values.name, locale: values.locale ?? null })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    if (made.length === 0) return null;
    await setPassword(db, userId, values.password);
    return { userId, email: values.email, name: values.name };
  });
}

/**
 * The person with this email, made or with this password from now on. Only for the holder of the set-up
 * token, who operates the machine: a set-up that was cut short can be done again.
 */
export async function ownerAccount(values: {
  email: string;
  name: string;
  password: string;
  locale: "fr" | "en";
}): Promise<Person> {
  const made = await createPerson(values);
  if (made) return made;
  const found = await findPerson(values.email);
  if (!found) throw new DomainError("unavailable");
  await setPassword(authDb(), found.userId, values.password);
  return { userId: found.userId, email: found.email, name: values.name };
}

export async function updatePerson(
  userId: string,
  values: { name?: string; locale?: "fr" | "en" | null },
): Promise<void> {
  await authDb().update(users).set(values).where(eq(users.id, userId));
}

export interface PersonMembership {
  tenantId: string;
  role: Role;
  status: "active" | "deactivated";
}

/** Every tenant the person belongs to or belonged to. */
export async function membershipsOf(userId: string): Promise<PersonMembership[]> {
  return authDb()
    .select({ tenantId: memberships.tenantId, role: memberships.role, status: memberships.status })
    .from(memberships)
    .where(eq(memberships.userId, userId));
}
