import { afterAll } from "vitest";
import { connect } from "#db/client.ts";
import type { TestDatabase } from "#db/testing.ts";
import type { Clock } from "#server/core/clock.ts";
import { systemClock } from "#server/core/clock.ts";
import type { RequestContext } from "#server/trpc/context.ts";
import { authDb, useAuthPool } from "./auth-pool.ts";
import { setPassword } from "./passwords.ts";
import { readViewer } from "./read-viewer.ts";
import { startSession } from "./sessions.ts";

/** Opens the sign-in pool of a test file. Call it after `testDatabase()`. */
export function openSignIn(database: TestDatabase): void {
  const pool = connect({ url: database.appUrl, max: 4, role: "guichet_auth" });
  useAuthPool(pool, { secureCookies: true });
  afterAll(async () => {
    useAuthPool(undefined);
    await pool.end({ timeout: 2 });
  });
}

export async function givePassword(member: { userId: string }, password: string): Promise<void> {
  await setPassword(authDb(), member.userId, password);
}

/** A browser that a person has signed in with, without the page. */
export async function signedInAs(member: { userId: string }): Promise<TestBrowser> {
  const browser = new TestBrowser();
  browser.cookie = (await startSession(member.userId, "tests")).split(";")[0];
  return browser;
}

/** A browser with its cookie jar: what procedures know of its requests, one after another. */
export class TestBrowser {
  cookie: string | undefined;
  clock: Clock = systemClock;
  address = "192.0.2.7";
  /** Attributes of the last cookie set, in lower case. */
  attributes = "";

  /** The context of one request to a tenant's page. */
  async request(tenantSlug: string | null = null): Promise<RequestContext> {
    const setCookie = (cookie: string) => this.keep(cookie);
    return {
      viewer: await readViewer(this.cookie, setCookie),
      tenantSlug,
      clock: this.clock,
      client: { address: this.address, userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0" },
      setCookie,
    };
  }

  private keep(cookie: string): void {
    const [pair = "", ...attributes] = cookie.split(";");
    this.attributes = attributes.join(";").toLowerCase();
    this.cookie = /max-age=0/i.test(cookie) ? undefined : pair;
  }
}
