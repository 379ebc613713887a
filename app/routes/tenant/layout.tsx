import { useEffect } from "react";
import { Outlet, redirect, useRouteLoaderData } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { ErrorPage, ErrorView } from "#app/shell/error-view.tsx";
import { useLive } from "#app/shell/live.ts";
import { Shell } from "#app/shell/shell.tsx";

import { openOutbox } from "../inbox/outgoing-store.ts";
import type { Route } from "./+types/layout";

export async function loader({ request, context }: Route.LoaderArgs) {
  if (!context.get(pageContext).viewer) {
    const { pathname, search } = new URL(request.url);
    throw redirect(`/sign-in?${new URLSearchParams({ next: pathname + search })}`);
  }
  return await context.get(apiContext).shell.load();
}

export default function TenantLayout({ loaderData }: Route.ComponentProps) {
  // The counts beside the navigation, which the server keeps for five seconds; pages name what they show.
  useLive(["conversations", "messages", "tickets", "webhook_logs"], undefined, { after: 5_000 });
  const { slug } = loaderData.tenant;
  const { userId } = loaderData.member;
  // The bell rings at once.
  useLive(["notifications"], [userId]);
  useEffect(() => openOutbox({ slug, userId }), [slug, userId]);
  return (
    <Shell data={loaderData}>
      <Outlet />
    </Shell>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const data = useRouteLoaderData<typeof loader>("routes/tenant/layout");
  if (!data) return <ErrorPage error={error} />;
  return (
    <Shell data={data}>
      <ErrorView error={error} />
    </Shell>
  );
}
