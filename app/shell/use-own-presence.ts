import { useEffect } from "react";
import { useFetcher } from "react-router";

import type { loader } from "#app/routes/tenant/presence.ts";

import { useTenantPath } from "./shell-data.ts";

/** Whether the member takes a break. False until it is known, shortly after the first page was drawn. */
export function useOwnPresence(): boolean {
  const { load, data } = useFetcher<typeof loader>({ key: "own-presence" });
  const address = useTenantPath()("presence");
  useEffect(() => void load(address), [load, address]);
  return data?.away ?? false;
}
