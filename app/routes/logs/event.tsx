import type { Caller } from "#server/trpc/root.ts";

import { apiContext, refusalOf } from "#app/context.ts";
import { changeSignatures } from "#app/routes/settings/channels/change-signatures.ts";
import { useLive } from "#app/shell/live.ts";

import type { Route } from "./+types/event";
import { EventDetail } from "./event-detail.tsx";
import { RemovedEvent } from "./removed-event.tsx";

/** An event; of one whose day is over the term, how long events are kept. */
export async function loader(args: Route.LoaderArgs) {
  try {
    return await loadEvent(args);
  } catch (thrown) {
    if (refusalOf(thrown)?.reason !== "log_removed") throw thrown;
    const { days } = await args.context.get(apiContext).logRetention.get();
    return { log: null, days };
  }
}

async function loadEvent({ request, context, params: { id } }: Route.LoaderArgs) {
  const { webhookLogs } = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const [log, related] = await Promise.all([
    webhookLogs.get({ id }),
    webhookLogs.related({ id, after: eventIn(searchParams, "older"), before: eventIn(searchParams, "newer") }),
  ]);
  const signature = log.reason === "signature_mismatch" ? await explainSignature(webhookLogs, id) : null;
  return { log, signature, related };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The neighbour from which related events go on. */
function eventIn(params: URLSearchParams, name: string): string | undefined {
  const asked = params.get(name) ?? "";
  return uuid.test(asked) ? asked : undefined;
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

/** Replays the event, or mends what kept it from becoming work. */
export async function action({ request, context, params }: Route.ActionArgs) {
  const { channels, webhookLogs } = context.get(apiContext);
  const form = await request.formData();
  const [intent, channelId] = [form.get("intent"), String(form.get("channel"))];
  try {
    if (intent === "enforce" || intent === "observe") return await changeSignatures(channels, channelId, intent);
    if (intent === "resume") {
      await channels.enable({ channelId, enabled: true });
      return { resumed: true };
    }
    return { replayed: await webhookLogs.replay({ id: params.id }) };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return { refused: refusal.reason };
  }
}

export default function EventPage({ loaderData }: Route.ComponentProps) {
  useLive(["webhook_logs"], loaderData.log ? [loaderData.log.id] : []);
  if (!loaderData.log) return <RemovedEvent days={loaderData.days} />;
  const { log, signature, related } = loaderData;
  return <EventDetail key={log.id} log={log} signature={signature} related={related} />;
}
