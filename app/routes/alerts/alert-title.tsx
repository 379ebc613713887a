import { useT } from "#app/i18n/react.tsx";
import { wordsFor } from "#app/routes/settings/channels/words.ts";

/** What an alert is about, in a few words. */
export function useAlertTitle(): (alert: { kind: string; channelName: string | null }) => string {
  const t = useT("alerts");
  return ({ kind, channelName }) =>
    wordsFor(t, `title.${kind}`).replace("{{channel}}", () => channelName ?? t("goneChannel"));
}
