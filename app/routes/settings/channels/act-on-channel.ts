import { data, redirect } from "react-router";

import type { Caller } from "#server/trpc/root.ts";

import { assignments } from "./assignment-fields.tsx";
import { changeSignatures } from "./change-signatures.ts";
import { readHours } from "./hours-text.ts";
import { rules } from "./routing-form.tsx";
import { readVoice } from "./voice-values.ts";

type Values = Record<string, string>;

interface Place {
  channelId: string;
  /** The channel's page, and that of all of them. */
  here: string;
  list: string;
}

/** What each button of a channel's page asks for; null for one that is none of these. */
export async function actOnChannel(
  { channels, webhookLogs }: Pick<Caller, "channels" | "webhookLogs">,
  place: Place,
  intent: string,
  values: Values,
) {
  const { channelId, here, list } = place;
  switch (intent) {
    case "connect":
      await channels.connect({ channelId, credentials: values });
      return { done: true };
    case "webhook":
      await channels.update({ channelId, setupStep: "test" });
      return redirect(here);
    case "skip":
      await channels.update({ channelId, setupStep: "routing" });
      return redirect(here);
    case "test":
      return { test: await channels.test({ channelId, sendTo: values["sendTo"] || undefined }) };
    case "reveal":
      return data(await channels.revealVerifyToken({ channelId }), { headers: { "cache-control": "no-store" } });
    case "update":
    case "finish":
      await channels.update({
        channelId,
        ...routingOf(values),
        ...(intent === "finish" ? { setupStep: "done" as const } : {}),
      });
      return intent === "finish" ? redirect(here) : { done: true };
    case "hours":
      await channels.saveBusinessHours({
        channelId,
        businessHours: readHours(values),
        awayMessage: values["awayMessage"] ?? "",
      });
      return { done: true };
    case "signature":
      await channels.saveMailSignature({ channelId, signature: values["signature"] ?? "" });
      return { done: true };
    case "autoReply":
      await channels.saveAutoReply({ channelId, autoReply: values["autoReply"] ?? "" });
      return { done: true };
    case "voice":
      await channels.saveVoice({ channelId, voice: readVoice(values) });
      return { done: true };
    case "resumeSending":
      await channels.resumeSending({ channelId });
      return { done: true };
    case "enable":
      await channels.enable({ channelId, enabled: values["enabled"] === "on" });
      return { done: true };
    case "enforce":
    case "observe":
      return changeSignatures(channels, channelId, intent);
    case "claim":
      return { claimed: (await webhookLogs.claimEarlier({ channelId })).events };
    case "delete":
      await channels.delete({ channelId });
      return redirect(list);
    default:
      return null;
  }
}

function routingOf({ name = "", autoTicketRule, defaultTeamId, defaultAssigneeId, ...values }: Values) {
  const rule = rules.find((known) => known === autoTicketRule);
  const assignment = assignments.find((known) => known === values["assignment"]) ?? "by_hand";
  return {
    name,
    ...(rule ? { autoTicketRule: rule } : {}),
    defaultTeamId: defaultTeamId || null,
    assignment,
    defaultAssigneeId: assignment === "member" ? defaultAssigneeId || null : null,
  };
}
