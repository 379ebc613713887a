import { useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";

import type { Detail } from "./data.ts";
import { useAct } from "./use-act.ts";
import { useMoment } from "./use-moment.ts";

/** Why the conversation is in no list that is worked on, and the press that brings it back. */
export function ThreadState({ conversation }: { conversation: Detail }) {
  const t = useT("inbox");
  const moment = useMoment();
  const replies = useCan("conversations.reply");
  const { act, busy } = useAct(conversation.id);
  const { blocked, status, snoozedUntil } = conversation;
  const told = blocked
    ? { words: t("state.blocked"), intent: "unblock", press: t("unblock") }
    : status === "spam"
      ? { words: t("state.spam"), intent: "reopen", press: t("notSpam") }
      : snoozedUntil
        ? {
            words: t("state.snoozed", { until: moment(snoozedUntil) }),
            intent: "reopen",
            press: t("wake"),
          }
        : null;
  if (!told) return null;
  return (
    <div className="flex-none px-4 pt-2">
      <Banner
        tone={blocked || status === "spam" ? "warn" : "info"}
        action={
          replies ? (
            <Button size="sm" busy={busy === told.intent} onClick={() => act({ intent: told.intent })}>
              {told.press}
            </Button>
          ) : null
        }
      >
        {told.words}
      </Banner>
    </div>
  );
}
