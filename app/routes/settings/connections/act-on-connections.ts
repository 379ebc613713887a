import { data, redirect, redirectDocument } from "react-router";

import { refusalOf } from "#app/context.ts";
import type { Caller } from "#server/trpc/root.ts";

/** Begins a sign-in, chooses an account, opens its channel, disconnects. */
export async function actOnConnections(form: FormData, { connections }: Caller, tenantPath: string) {
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const connectionId = field("connectionId");
  try {
    switch (field("intent")) {
      case "begin": {
        const platform = field("platform") === "whatsapp" ? "whatsapp" : "instagram";
        const { url } = await connections.begin({ platform, channelId: field("channelId") || null });
        // The platform's page is none of ours, the simulator's neither, although it has our origin.
        return redirectDocument(url);
      }
      case "choose":
        await connections.choose({ connectionId, accountId: field("accountId") });
        return redirect(`${tenantPath}/settings/connections`);
      case "openChannel": {
        const { channelId } = await connections.openChannel({ connectionId });
        return redirect(`${tenantPath}/settings/channels/${channelId}`);
      }
      case "disconnect":
        await connections.disconnect({ connectionId });
        return redirect(`${tenantPath}/settings/connections`);
      default:
        throw data(null, { status: 400 });
    }
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return redirect(`${tenantPath}/settings/connections?problem=${encodeURIComponent(refusal.reason)}`);
  }
}
