import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type OwnCalendars = Outputs["calendarFeeds"]["own"];
export type MemberHours = Outputs["scheduling"]["hours"]["get"];
