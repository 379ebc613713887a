import type { Caller } from "#server/trpc/root.ts";

/** What each button of a channel's templates asks for; null for one that is none of these. */
export async function actOnTemplates(
  templates: Caller["templates"],
  channelId: string,
  intent: string,
  values: Record<string, string>,
) {
  switch (intent) {
    case "syncTemplates":
      await templates.sync({ channelId });
      return { done: true };
    case "enableTemplate":
      await templates.setEnabled({ templateId: values["templateId"] ?? "", enabled: values["enabled"] === "on" });
      return { done: true };
    default:
      return null;
  }
}
