import type { Caller } from "#server/trpc/root.ts";

type Values = Record<string, string>;
type Settings = Awaited<ReturnType<Caller["notifications"]["settings"]>>;
type Kind = Settings["ways"][number]["kind"];

export const ways = ["product", "push", "mail"] as const;

/** Does what a form of the page asks for, by its `intent`. */
export async function actOnNotifications(api: Caller["notifications"], values: Values): Promise<{ done: true }> {
  switch (values["intent"]) {
    case "ways": {
      const on = (kind: Kind, way: (typeof ways)[number]) => values[`${kind}-${way}`] === "yes";
      const chosen = (kind: Kind) => ({ product: on(kind, "product"), push: on(kind, "push"), mail: on(kind, "mail") });
      await api.choose({
        ways: {
          mentioned: chosen("mentioned"),
          assigned: chosen("assigned"),
          answered: chosen("answered"),
          ticket_changed: chosen("ticket_changed"),
          deadline_missed: chosen("deadline_missed"),
          rule: chosen("rule"),
          low_score: chosen("low_score"),
          follow_up_due: chosen("follow_up_due"),
        },
      });
      break;
    }
    case "quiet":
      await api.chooseQuietHours({ from: values["from"] || null, until: values["until"] || null });
      break;
    case "mute":
      await api.mute({ minutes: Number(values["minutes"]) || null });
      break;
    case "subscribe": {
      const { endpoint = "", p256dh = "", auth = "", userAgent = "" } = values;
      await api.subscribe({ endpoint, p256dh, auth, userAgent });
      break;
    }
    case "remove-device":
      await api.removeDevice({ deviceId: values["deviceId"] ?? "" });
      break;
    default:
      throw new Response(null, { status: 400 });
  }
  return { done: true };
}
