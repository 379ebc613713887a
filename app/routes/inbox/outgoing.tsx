import { useEffect } from "react";
import { useFetcher } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { Ticks } from "#app/ui/ticks.tsx";

import type { ActionResult } from "./act.ts";
import { changeOutgoing, type OutgoingEntry } from "./outgoing-store.ts";
import { variableFields } from "./template-values.ts";
import type { Upload } from "./upload-store.ts";
import { useAnswer } from "./use-answer.ts";

/** A message on its way to the server: shown at once, gone when the thread shows it, kept with the reason when refused. */
export function Outgoing({ entry, arrived }: { entry: OutgoingEntry; arrived: boolean }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const format = useFormat();
  const errorText = useErrorText();
  // A new attempt is a new fetcher, and with it a new submit; the message's own key makes one message of them all.
  const fetcher = useFetcher<ActionResult>({ key: `${entry.key} ${entry.attempt}` });
  const { submit } = fetcher;
  const { key, attempt, note, text, replyTo, template, files, mail, refusal } = entry;
  const attachmentIds = files?.flatMap((file) => file.attachmentId ?? []).join(",") ?? "";
  useEffect(() => {
    const fields: Record<string, string> = template
      ? { intent: "template", key, templateId: template.id, ...variableFields(template.values) }
      : { intent: note ? "note" : "reply", key, text, replyTo: replyTo?.id ?? "", attachmentIds, ...mail };
    void submit(fields, { method: "post" });
  }, [submit, key, note, text, replyTo, template, attachmentIds, mail]);
  useAnswer(fetcher, (answer) => {
    if (answer.ok) changeOutgoing(entry, null);
    else {
      const reason = Object.values(answer.fields).flat()[0] ?? answer.reason;
      changeOutgoing(entry, { refusal: { code: answer.code, reason } });
    }
  });
  if (arrived) return null;
  return (
    <li className="flex flex-col items-end gap-1 pt-2">
      <div className={cx("bubble bubble-out", note && "bubble-note", refusal === null && "opacity-80")}>
        {files?.map((file) => (
          <LeavingFile key={file.key} file={file} />
        ))}
        {mail ? <p className="font-medium">{mail.subject}</p> : null}
        <p className="whitespace-pre-wrap">{text}</p>
        <p className="mt-0.5 flex items-center gap-1 text-2xs text-faint">
          {refusal ? t("notSent") : `${format.time(entry.at)} · ${t("sending")}`}{" "}
          <Ticks status={refusal ? "failed" : "pending"} />
        </p>
      </div>
      {refusal ? (
        <div
          role="alert"
          className="flex max-w-[min(34rem,85%)] flex-wrap items-center justify-end gap-2 text-xs text-bad"
        >
          <span>{errorText(refusal.reason, refusal.code)}</span>
          <Button size="sm" onClick={() => changeOutgoing(entry, { refusal: null, attempt: attempt + 1 })}>
            {t("retry")}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => changeOutgoing(entry, null)}>
            {ui("remove")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

/** A file on its way, as this device shows it. */
function LeavingFile({ file }: { file: Upload }) {
  return file.preview ? (
    <img src={file.preview} alt={file.name} className="max-h-48 max-w-full rounded-lg" />
  ) : (
    <p className="truncate font-medium">{file.name}</p>
  );
}
