import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>["prospects"];
export type ProspectRow = Outputs["list"]["rows"][number];
export type ProspectDetail = Outputs["get"];
export type Figures = Outputs["figures"];
export type FunnelCount = Figures["total"];
export type UsedWords = Outputs["suggestions"];
