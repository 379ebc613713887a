import type { Sql } from "postgres";
import type { BenchProgram } from "./program.ts";

/** What every figure is given: the program under measure, a signed-in owner of each tenant, the database. */
export interface BenchRun {
  program: BenchProgram;
  /** Cookies of the owners of the tenants `bench`, `million` (ten times its tickets) and `tenth` (a tenth of all its rows). */
  cookies: { bench: string; million: string; tenth: string };
  /** Of the tenant `bench` and its WhatsApp channel. */
  facts: { tenantId: string; channelId: string; credentials: Record<string, string> };
  owner: Sql;
  ownerUrl: string;
  say(line: string): void;
}
