import { useEffect, useEffectEvent } from "react";
import { useRevalidator } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { Ticks } from "#app/ui/ticks.tsx";

import { putBack } from "./draft-store.ts";
import { changeOutgoing, retryOutgoing, type OutgoingEntry } from "./outgoing-store.ts";
import type { Upload } from "./upload-store.ts";

/** A message on its way to the server: shown at once, gone when the thread shows it, kept with the reason when refused. */
export function Outgoing({ entry, arrived }: { entry: OutgoingEntry; arrived: boolean }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const together = useT("together");
  const format = useFormat();
  const errorText = useErrorText();
  const { note, text, files, mail, refusal, state } = entry;
  useLeaving(entry);
  if (arrived) return null;
  // A colleague answered while this was on its way.
  const second = refusal?.reason === "answered_meanwhile";
  const stays = refusal !== null || state === "waiting";
  return (
    <li className="flex flex-col items-end gap-1 pt-2">
      <div className={cx("bubble bubble-out", note && "bubble-note", !stays && "opacity-80")}>
        {files?.map((file) => (
          <LeavingFile key={file.key} file={file} />
        ))}
        {mail ? <p className="font-medium">{mail.subject}</p> : null}
        <p className="whitespace-pre-wrap">{text}</p>
        <p className="mt-0.5 flex items-center gap-1 text-2xs text-faint">
          {refusal ? t("notSent") : `${format.time(entry.at)} · ${t(stays ? "waitingForLine" : "sending")}`}{" "}
          <Ticks status={refusal ? "failed" : "pending"} />
        </p>
      </div>
      {stays ? (
        <div
          role={refusal ? "alert" : "status"}
          className={cx(
            "flex max-w-[min(34rem,85%)] flex-wrap items-center justify-end gap-2 text-xs",
            refusal ? "text-bad" : "text-warn",
          )}
        >
          <span>{refusal ? errorText(refusal.reason, refusal.code) : t("leavesByItself")}</span>
          <Button size="sm" onClick={() => (second ? sendAnyway(entry) : retryOutgoing(entry))}>
            {second ? together("sendAnyway") : t("retry")}
          </Button>
          {refusal && !entry.template ? (
            <Button size="sm" variant="quiet" onClick={() => takeBack(entry)}>
              {ui("edit")}
            </Button>
          ) : null}
          {refusal ? (
            <Button size="sm" variant="quiet" onClick={() => changeOutgoing(entry, null)}>
              {ui("remove")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

/** What the server has taken is fetched with the thread, and then shown by it. */
function useLeaving(entry: OutgoingEntry): void {
  const { revalidate } = useRevalidator();
  const fetchThread = useEffectEvent(() => void revalidate().then(() => changeOutgoing(entry, null)));
  const taken = entry.state === "taken";
  useEffect(() => {
    if (taken) fetchThread();
  }, [taken]);
}

/** Its writer was asked. */
function sendAnyway(entry: OutgoingEntry): void {
  changeOutgoing(entry, { seenId: null });
  retryOutgoing(entry);
}

/** Words that were refused go back where they were written. What may have arrived does not: it might then be sent twice. */
function takeBack(entry: OutgoingEntry): void {
  const { conversationId, text, note, files = [] } = entry;
  putBack(conversationId, { text, note, files });
  changeOutgoing(entry, null);
}

/** A file on its way, as this device shows it. */
function LeavingFile({ file }: { file: Upload }) {
  return file.preview ? (
    <img src={file.preview} alt={file.name} className="max-h-48 max-w-full rounded-lg" />
  ) : (
    <p className="truncate font-medium">{file.name}</p>
  );
}
