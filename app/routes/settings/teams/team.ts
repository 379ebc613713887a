import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;
export type Team = Outputs["teams"]["list"][number];
export type TeamPerson = Outputs["members"]["list"][number];
export type TeamWork = Outputs["teams"]["countWork"];

/** Until when somebody is out of the office now; null for an absence to come. */
export function absentUntil({ absence }: TeamPerson): Date | null {
  return absence?.now ? absence.until : null;
}
