import type { inferRouterOutputs } from "@trpc/server";
import { createContext, use } from "react";

import type { AppRouter } from "#server/trpc/root.ts";

/** What the frame around every page of a tenant shows; from `shell.load`. */
export type ShellData = inferRouterOutputs<AppRouter>["shell"]["load"];
type Permission = ShellData["member"]["permissions"][number];

type Shell = ShellData & { openPalette: () => void };

export const ShellContext = createContext<Shell | null>(null);

/** The tenant, the member and the counts of the page's frame. Only inside `/t/:tenant`. */
export function useShell(): Shell {
  const shell = use(ShellContext);
  if (!shell) throw new Error("useShell is used outside a tenant's pages");
  return shell;
}

/** Whether the member may do something; the procedures check it again. */
export function useCan(permission: Permission): boolean {
  return useShell().member.permissions.includes(permission);
}

/** `to("tickets/12")` → `/t/atelier-lumen/tickets/12`, of the page's tenant. */
export function useTenantPath(): (path?: string) => string {
  const { slug } = useShell().tenant;
  return (path = "") => `/t/${slug}${path && `/${path}`}`;
}
