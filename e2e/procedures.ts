import superjson from "superjson";
import type { DemoTenant, Program } from "./program.ts";

/** Asks a procedure as a member does whose session is open; throws when it is refused. */
export type Ask = <T>(path: string, input?: unknown, method?: "GET" | "POST") => Promise<T>;

/** Signs a member of a demo tenant in. The session outlives a restart of the program. */
export async function signInAs(program: Program, tenant: DemoTenant, role: string): Promise<Ask> {
  const { email, password } = tenant.signIns.find((one) => one.role === role)!;
  const answer = await fetch(`${program.url}/sign-in`, {
    method: "POST",
    body: new URLSearchParams({ email, password }),
    headers: { origin: program.url },
    redirect: "manual",
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return async (path, input, method = "GET") => {
    const json = superjson.stringify(input ?? null);
    const query = method === "GET" && input !== undefined ? `?input=${encodeURIComponent(json)}` : "";
    const asked = await fetch(`${program.url}/trpc/${path}${query}`, {
      method,
      ...(method === "POST" ? { body: json } : {}),
      headers: {
        cookie,
        origin: program.url,
        "content-type": "application/json",
        "x-guichet-tenant": tenant.slug,
      },
    });
    if (!asked.ok) throw new Error(`${path} answered ${asked.status}: ${await asked.text()}`);
    return superjson.deserialize(((await asked.json()) as { result: { data: never } }).result.data);
  };
}
