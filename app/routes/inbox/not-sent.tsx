import { RotateCcw } from "lucide-react";
import { useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";

import type { ActionResult } from "./act.ts";
import type { ThreadMessage } from "./data.ts";
import { mailFailureOf } from "./mail-values.ts";

/** Why a message may not have left, as `fail.*` words it. */
export const failures = [
  "permanent",
  "opted_out",
  "window",
  "window_closed",
  "template",
  "channel",
  "channel_paused",
  "calls_only",
  "not_configured",
  "retry",
  "slow",
] as const;

/** Why a message did not arrive, or may not have, and the way to send it once more. */
export function NotSent({ message, channel, isMail }: { message: ThreadMessage; channel: string; isMail: boolean }) {
  const t = useT("inbox");
  const errorText = useErrorText();
  const { Form, state, data } = useFetcher<ActionResult>({ key: `retry ${message.id}` });
  const { status, errorCode, errorMessage } = message;
  const reason = failures.find((known) => known === message.data?.["refusal"]) ?? "delivery";
  const mail = isMail ? mailFailureOf(errorCode) : null;
  const failed = mail ? t(`fail.mail.${mail}`) : t(`fail.${reason}`, { channel });
  const raw = [errorCode, errorMessage].filter(Boolean).join(" · ");
  const again = typeof message.data?.["retriedAs"] === "string";
  return (
    <div className="mt-1 flex max-w-[min(34rem,85%)] flex-col items-end gap-1 text-right text-xs">
      <p className={status === "failed" ? "text-bad" : "text-warn"}>
        {status === "failed" ? failed : t("unknownBody", { channel })}
      </p>
      {raw ? (
        <details className="text-faint">
          <summary>{t("rawReason")}</summary>
          <code className="font-mono text-2xs">{raw}</code>
        </details>
      ) : null}
      {again ? (
        <p className="text-faint">{t("sentAgain")}</p>
      ) : (
        <Form method="post">
          <input type="hidden" name="messageId" value={message.id} />
          <Button
            size="sm"
            type="submit"
            name="intent"
            value="retry"
            busy={state !== "idle"}
            icon={<RotateCcw size={12} aria-hidden />}
          >
            {t(status === "failed" ? "retry" : "retrySure")}
          </Button>
        </Form>
      )}
      {data && !data.ok ? (
        <p role="alert" className="text-bad">
          {errorText(data.reason, data.code)}
        </p>
      ) : null}
    </div>
  );
}
