import { eq } from "drizzle-orm";
import { platformConnections } from "#db/schema/connections.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { OAuthAccount, OAuthToken } from "#server/providers/contract.ts";
import { openFor } from "./connection-seal.ts";

export type ConnectionRow = typeof platformConnections.$inferSelect;

/** What is kept beside the columns. */
export interface ConnectionNotes {
  /** The stand-in's account, not a real one. */
  simulated?: boolean;
  /** The account as the platform described it. */
  account?: OAuthAccount;
  /** Accounts to choose between, while nobody has. */
  choices?: OAuthAccount[];
}

/** The connection's row, sealed values included. `not_found` when the tenant has no such one. */
export async function findConnection(ctx: Ctx, connectionId: string): Promise<ConnectionRow> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.select().from(platformConnections).where(eq(platformConnections.id, connectionId)),
  );
  if (!row) throw notFound();
  return row;
}

export function notesOf(row: ConnectionRow): ConnectionNotes {
  return row.metadata;
}

/** The token in the clear, for one use; null where there is none any more. */
export function openToken(row: ConnectionRow): OAuthToken | null {
  if (!row.accessToken) return null;
  return {
    accessToken: openFor(row, row.accessToken),
    refreshToken: row.refreshToken ? openFor(row, row.refreshToken) : null,
    scopes: row.scopes,
    expiresInSeconds: null,
  };
}
