import { CalendarClock, Send, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useFetcher } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";

import type { ActionResult } from "./act.ts";
import type { Scheduled } from "./data.ts";
import { failures } from "./not-sent.tsx";

/** A reply that has not left: for the seconds in which it may be taken back, until its time, or because it could not. */
export function ScheduledBubble({ one, composerId, channel }: ScheduledProps) {
  const t = useT("inbox");
  const errorText = useErrorText();
  const { held, status, text, refusal, answered, own } = one;
  const failed = status === "failed";
  const failure = failures.find((known) => known === refusal);
  const { Form, state, data } = useFetcher<ActionResult>();
  return (
    <li className="flex flex-col items-end gap-1 pt-2">
      <div
        className={cx("bubble bubble-out", failed ? "bubble-failed" : "border border-dashed border-control opacity-90")}
      >
        {one.files.map((file) => (
          <p key={file.id} className="truncate font-medium">
            {file.name}
          </p>
        ))}
        <p className="whitespace-pre-wrap">{text}</p>
        <p className="mt-0.5 flex items-center gap-1 text-2xs text-faint">
          {held && !failed ? null : <CalendarClock size={11} aria-hidden />}
          <When one={one} />
        </p>
      </div>
      <Form method="post" className="flex flex-wrap items-center justify-end gap-2 text-xs">
        <input type="hidden" name="scheduledId" value={one.id} />
        <input type="hidden" name="composerId" value={composerId} />
        {failed ? (
          <span role="alert" className="text-bad">
            {failure ? t(`fail.${failure}`, { channel }) : errorText(refusal ?? "conflict")}
          </span>
        ) : answered ? (
          <span className="text-warn">{t("scheduled.answered")}</span>
        ) : null}
        {data && !data.ok ? (
          <span role="alert" className="text-bad">
            {errorText(data.reason, data.code)}
          </span>
        ) : null}
        {held && !own ? null : (
          <Button
            size="sm"
            type="submit"
            name="intent"
            value="take-back"
            aria-keyshortcuts={held && !failed ? "Z" : undefined}
            disabled={state !== "idle"}
            icon={<Undo2 size={12} aria-hidden />}
          >
            {t(held && !failed ? "scheduled.undo" : own ? "scheduled.edit" : "scheduled.cancel")}
          </Button>
        )}
        {held && !failed ? null : (
          <Button
            size="sm"
            variant="quiet"
            type="submit"
            name="intent"
            value="send-now"
            disabled={state !== "idle"}
            icon={<Send size={12} aria-hidden />}
          >
            {t(failed ? "retry" : "scheduled.now")}
          </Button>
        )}
      </Form>
    </li>
  );
}

interface ScheduledProps {
  one: Scheduled;
  /** The conversation in whose composer words that are taken back belong. */
  composerId: string;
  /** What people call it. */
  channel: string;
}

/** When it leaves: in so many seconds, or on a day, and by whose wish. */
function When({ one }: { one: Scheduled }) {
  const t = useT("inbox");
  const format = useFormat();
  const left = useSecondsUntil(one.held && one.status === "scheduled" ? one.scheduledFor : null);
  if (one.status === "failed") return <span>{t("notSent")}</span>;
  if (one.held) return <span>{left > 0 ? t("scheduled.leaves", { count: left }) : t("sending")}</span>;
  const at = format.dateTime(one.scheduledFor);
  return (
    <span title={format.full(one.scheduledFor)}>
      {t(one.own ? "scheduled.at" : "scheduled.atBy", { at, name: one.author.name })}
      {one.unlessAnswered ? ` · ${t("scheduled.unlessAnswered")}` : ""}
    </span>
  );
}

function useSecondsUntil(at: Date | null): number {
  const until = at?.getTime() ?? null;
  const [left, setLeft] = useState(() => (until === null ? 0 : secondsUntil(until)));
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => setLeft(secondsUntil(until)), 500);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}

const secondsUntil = (at: number) => Math.max(0, Math.ceil((at - Date.now()) / 1000));
