import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

export type Service = inferRouterOutputs<AppRouter>["scheduling"]["services"]["list"][number];
