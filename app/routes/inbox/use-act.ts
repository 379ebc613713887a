import { useFetcher } from "react-router";

import type { Dictionary } from "#app/i18n/dictionaries.ts";
import { useErrorText, useT } from "#app/i18n/react.tsx";
import type { Key } from "#app/i18n/translate.ts";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { notify } from "#app/ui/notices.ts";

import type { ActionResult } from "./act.ts";
import { useAnswer } from "./use-answer.ts";

/** What is said once it is done; of others nothing is. */
const done: Record<string, Key<Dictionary["inbox"]>> = {
  resolve: "done.resolve",
  archive: "done.archive",
  snooze: "done.snooze",
  spam: "done.spam",
  block: "done.block",
};

/** Does something with a conversation. A refusal is said in a corner, and so is what can be taken back, with the way to. */
export function useAct(conversationId: string) {
  const t = useT("inbox");
  const to = useTenantPath();
  const errorText = useErrorText();
  const fetcher = useFetcher<ActionResult>();
  const { submit, state, formData } = fetcher;
  const act = (fields: Record<string, string>) =>
    void submit(fields, { method: "post", action: to(`inbox/${conversationId}`) });
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) {
      notify({ tone: "bad", text: errorText(Object.values(answer.fields).flat()[0] ?? answer.reason, answer.code) });
      return;
    }
    const { did = "", undo } = answer;
    const words = done[did];
    if (!words || (did !== "block" && !undo)) return;
    const run = () => act(undo ? { intent: "undo", eventId: undo } : { intent: "unblock" });
    notify({ text: t(words), action: { label: t("undo"), run } });
  });
  return { act, busy: state === "idle" ? null : String(formData?.get("intent")) };
}
