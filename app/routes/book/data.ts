import type { inferRouterOutputs } from "@trpc/server";

import type { AppRouter } from "#server/trpc/root.ts";

type Booking = inferRouterOutputs<AppRouter>["booking"];

/** What a business offers on its public page. */
export type Business = Booking["open"]["business"];
export type Service = Booking["open"]["services"][number];
export type FreeWeek = Booking["times"];
export type Managed = Booking["managed"]["open"];
