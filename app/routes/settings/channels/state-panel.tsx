import { useState } from "react";
import { Form, useFetcher, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";

interface StatePanelProps {
  name: string;
  enabled: boolean;
  configured: boolean;
  conversations: number;
  /** Messages that wait to be sent. */
  waiting: number;
}

/** Pause and take up again; delete while nothing would be lost by it. */
export function StatePanel({ name, enabled, configured, conversations, waiting }: StatePanelProps) {
  const t = useT("channels");
  const ui = useT("ui");
  const fetcher = useFetcher();
  const [asking, setAsking] = useState(false);
  const { state, formData } = useNavigation();
  const busy = fetcher.state !== "idle";
  const deleting = state !== "idle" && formData?.get("intent") === "delete";
  return (
    <div className="flex flex-col gap-4">
      {configured ? (
        <fetcher.Form method="post">
          <input type="hidden" name="enabled" value={enabled ? "" : "on"} />
          <Button type="submit" name="intent" value="enable" busy={busy}>
            {enabled ? t("pause") : t("resume")}
          </Button>
          <p className="mt-1.5 text-xs text-faint">
            {t("pauseHint")} {enabled && waiting > 0 ? t("pauseWaiting", { count: waiting }) : null}
          </p>
        </fetcher.Form>
      ) : null}
      {conversations > 0 ? (
        <p className="text-xs text-faint">{t("deleteKept", { count: conversations })}</p>
      ) : (
        <div>
          <Button onClick={() => setAsking(true)}>{t("delete")}</Button>
        </div>
      )}
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        title={t("deleteTitle", { name })}
        description={t("deleteBody")}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{ui("cancel")}</Button>
            {/* A navigation: the notice that the channel is gone must not look for this page again meanwhile. */}
            <Form method="post">
              <Button type="submit" variant="danger" name="intent" value="delete" busy={deleting}>
                {t("delete")}
              </Button>
            </Form>
          </>
        }
      />
    </div>
  );
}
