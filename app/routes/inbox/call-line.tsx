import { PhoneIncoming, PhoneMissed, PhoneOutgoing, Voicemail } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { StatusDot } from "#app/ui/status-dot.tsx";

import { CallWords } from "../calls/call-words.tsx";
import type { Call } from "../calls/data.ts";
import { callState, sentimentTones } from "../calls/data.ts";
import type { ThreadMessage } from "./data.ts";
import type { CallCard } from "./message-data.ts";
import { readCall } from "./message-data.ts";
import { OneFile } from "./message-files.tsx";

/** A phone call in the thread: what it came to, and, opened, its recording and its words; those of a call under way as they are said. */
export function CallLine({ message, channel }: { message: ThreadMessage; channel: string }) {
  const t = useT("calls");
  const format = useFormat();
  const to = useTenantPath();
  const call = readCall(message);
  const direction = message.direction === "out" ? "out" : "in";
  const { word, tone } = callState({ status: call.status, direction });
  const Icon = call.missed ? PhoneMissed : call.status === "voicemail" ? Voicemail : arrows[direction];
  return (
    <div className="flex w-96 max-w-full flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className={`tone-${tone} grid size-7 flex-none place-items-center rounded-full bg-(--tone-soft)`}>
          <Icon size={14} className="text-(--tone)" aria-hidden />
        </span>
        <b className="font-semibold">{call.underWay ? <StatusDot tone={tone}>{t(word)}</StatusDot> : t(word)}</b>
        {call.seconds ? <span className="text-dim">{format.duration(call.seconds * 1000)}</span> : null}
        {call.cost ? (
          <span className="text-xs text-faint">{format.money(call.cost.cents, call.cost.currency)}</span>
        ) : null}
        {call.sentiment ? (
          <Badge tone={sentimentTones[call.sentiment]}>{t(`sentiment.${call.sentiment}`)}</Badge>
        ) : null}
      </p>
      {call.summary ? <p className="whitespace-pre-wrap">{call.summary}</p> : null}
      {call.endedReason === "no_news" ? <p className="text-xs text-dim">{t("noNews")}</p> : null}
      {call.id && (call.turns > 0 || call.underWay || call.recorded) ? (
        <Opened key={call.id} callId={call.id} call={call} channel={channel} />
      ) : null}
      {call.id ? (
        <Link
          to={to(`calls/${call.id}`)}
          className="link mb-2 self-start py-1 text-xs"
          aria-label={t("openAt", { at: format.dateTime(message.occurredAt) })}
        >
          {t("open")}
        </Link>
      ) : null}
    </div>
  );
}

const arrows = { in: PhoneIncoming, out: PhoneOutgoing } as const;

/** The words and the recording, fetched when they are opened; a call under way and a message left lie open. */
function Opened({ callId, call, channel }: { callId: string; call: CallCard; channel: string }) {
  const t = useT("calls");
  const [open, setOpen] = useState(call.underWay || (call.recorded && call.turns === 0));
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-lg border border-line bg-surface px-3 py-1.5"
    >
      <summary className="cursor-pointer text-xs font-medium">
        {call.turns > 0 ? t("read", { count: call.turns }) : t(call.recorded ? "listen" : "words")}
      </summary>
      {open ? <Fetched callId={callId} channel={channel} /> : null}
    </details>
  );
}

function Fetched({ callId, channel }: { callId: string; channel: string }) {
  const t = useT("calls");
  const path = useTenantPath()(`calls/${callId}`);
  const { data, state, load } = useFetcher<Call>({ key: `call ${callId}` });
  // Whatever is looked at again brings this along: fetched data is renewed with the page's.
  useLive(["calls"], [callId]);
  useEffect(() => void load(path), [load, path]);
  if (!data) {
    return (
      <p role="status" className="py-2 text-xs text-faint">
        {t(state === "idle" ? "failed" : "loading")}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2 py-2">
      {data.recordings.map((file) => (
        <OneFile key={file.id} file={file} channel={channel} />
      ))}
      <CallWords call={data} className="max-h-96 overflow-y-auto overscroll-contain" />
    </div>
  );
}
