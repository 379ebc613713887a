import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

/** What is answered to whoever opens a conversation, before anybody has read it. */
export function AutoReplyForm({ autoReply }: { autoReply: string | null }) {
  const t = useT("channels");
  const fetcher = useFetcher<{ done?: boolean }>();
  const errors = refusedIn(fetcher.data)?.error?.["autoReply"] ?? undefined;
  return (
    <fetcher.Form method="post" className="flex flex-col gap-4">
      <input type="hidden" name="intent" value="autoReply" />
      <Field field={{ id: "auto-reply", errors }} label={t("autoReplyText")} hint={t("autoReplyIntro")}>
        {(aria) => (
          <Textarea
            {...aria}
            name="autoReply"
            rows={3}
            maxLength={1000}
            defaultValue={autoReply ?? ""}
            placeholder={t("autoReplyExample")}
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" busy={fetcher.state !== "idle"}>
          {t("saveRouting")}
        </Button>
        <span role="status" className="text-dim">
          {fetcher.data?.done ? t("saved") : ""}
        </span>
      </div>
    </fetcher.Form>
  );
}
