import { apiContext, refusalOf } from "#app/context.ts";
import { useLive } from "#app/shell/live.ts";

import type { Route } from "./+types/event";
import { EventDetail } from "./event-detail.tsx";

export async function loader({ context, params }: Route.LoaderArgs) {
  return { log: await context.get(apiContext).webhookLogs.get({ id: params.id }) };
}

/** Replays the event. */
export async function action({ context, params }: Route.ActionArgs) {
  try {
    return { replayed: await context.get(apiContext).webhookLogs.replay({ id: params.id }) };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return { refused: refusal.reason };
  }
}

export default function EventPage({ loaderData: { log } }: Route.ComponentProps) {
  useLive(["webhook_logs"], [log.id]);
  return <EventDetail key={log.id} log={log} />;
}
