import type { Caller } from "#server/trpc/root.ts";

import { apiContext, refusalOf } from "#app/context.ts";
import { useLive } from "#app/shell/live.ts";

import type { Route } from "./+types/event";
import { EventDetail } from "./event-detail.tsx";

export async function loader({ context, params: { id } }: Route.LoaderArgs) {
  const { webhookLogs } = context.get(apiContext);
  const log = await webhookLogs.get({ id });
  const signature = log.reason === "signature_mismatch" ? await explainSignature(webhookLogs, id) : null;
  return { log, signature };
}

/** What would have made it right: for those who may mend channels. */
async function explainSignature({ explainSignature: explain }: Caller["webhookLogs"], id: string) {
  try {
    return await explain({ id });
  } catch (thrown) {
    if (refusalOf(thrown)) return null;
    throw thrown;
  }
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

export default function EventPage({ loaderData: { log, signature } }: Route.ComponentProps) {
  useLive(["webhook_logs"], [log.id]);
  return <EventDetail key={log.id} log={log} signature={signature} />;
}
