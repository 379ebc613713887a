import { Clock, Phone, PhoneOff, SendHorizontal } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Input } from "#app/ui/inputs.tsx";

import { agentAsks } from "./agent-asks.ts";
import { AskAgent } from "./ask-agent.tsx";
import type { Calls, Playing } from "./playing.ts";

interface TelephoneSeen {
  calls: Calls;
  /** Whether a voice agent is on the line, which may look something up. */
  functions: boolean;
}

/** The customer's telephone: it rings the business, and what is said on the line can be read along. */
export function Telephone({ line, address, name, calls, functions }: Playing & TelephoneSeen) {
  const t = useT("simulator");
  const format = useFormat();
  const call = calls.at(-1);
  const live = call && call.status !== "ended" ? call : undefined;
  const log = useRef<HTMLDivElement>(null);
  const turns = call?.turns.length ?? 0;
  // What was said last is in sight.
  useEffect(() => {
    if (turns > 0) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [turns]);
  return (
    <section
      aria-label={t("telephoneOf", { name })}
      className="mx-auto flex w-full max-w-100 flex-col overflow-hidden border border-line bg-surface max-sm:min-h-[calc(100dvh-8.5rem)] max-sm:border-x-0 sm:h-[min(46rem,calc(100dvh-4rem))] sm:rounded-[2rem] sm:border-[6px] sm:border-[color-mix(in_srgb,var(--fg)_82%,var(--surface))] sm:shadow-[0_1rem_3rem_var(--shade)]"
    >
      <header className="flex flex-col items-center gap-1 border-b border-line bg-raised px-4 py-5 text-center">
        <Avatar name={line.tenantName} size="md" />
        <p className="mt-1 font-semibold">{line.tenantName}</p>
        <p className="text-xs text-faint">{format.phone(line.address)}</p>
        <p role="status" className="text-xs text-dim">
          {call ? t(`call.${call.status}`) : t("call.none")}
        </p>
      </header>
      <div
        ref={log}
        role="log"
        tabIndex={0}
        aria-label={t("said")}
        className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto bg-sunken px-3 py-4"
      >
        {call ? null : <p className="m-auto max-w-56 text-center text-dim">{t("emptyTelephone")}</p>}
        {call?.turns.map((turn, index) => (
          <Turn key={index} turn={turn} business={line.tenantName} />
        ))}
      </div>
      {live ? (
        <OnTheLine channelId={line.channelId} callId={live.id} functions={functions} />
      ) : (
        <Ring line={line} address={address} name={name} />
      )}
    </section>
  );
}

function Turn({ turn, business }: { turn: Calls[number]["turns"][number]; business: string }) {
  const t = useT("simulator");
  if (turn.speaker === "tool") {
    const done = agentAsks.find((one) => turn.text.startsWith(`${one} `));
    const words = done ? t(`ask.${done}`) : turn.text.startsWith("current_time ") ? t("askTime") : turn.text;
    return <p className="self-center px-2 text-center text-xs text-faint">{words}</p>;
  }
  const own = turn.speaker === "customer";
  return (
    <p
      className={cx(
        "max-w-[82%] rounded-2xl px-3 py-1.5",
        own ? "self-end rounded-br-md bg-active" : "self-start rounded-bl-md border border-line bg-surface",
      )}
    >
      <span className="sr-only">{own ? t("fromCustomer") : t("fromBusiness", { name: business })}</span>
      {turn.text}
    </p>
  );
}

function Ring({ line, address, name }: Pick<Playing, "line" | "address" | "name">) {
  const t = useT("simulator");
  const fetcher = useFetcher();
  return (
    <fetcher.Form method="post" className="flex justify-center border-t border-line bg-raised p-4">
      <input type="hidden" name="intent" value="ring" />
      <input type="hidden" name="channelId" value={line.channelId} />
      <input type="hidden" name="address" value={address} />
      <input type="hidden" name="name" value={name === address ? "" : name} />
      <Button type="submit" variant="primary" busy={fetcher.state !== "idle"} icon={<Phone size={16} aria-hidden />}>
        {t("ring")}
      </Button>
    </fetcher.Form>
  );
}

/** What one can do while the line is open: speak, have the agent look something up, hang up. */
function OnTheLine(props: { channelId: string; callId: string; functions: boolean }) {
  const { channelId, callId, functions } = props;
  const t = useT("simulator");
  const saying = useFetcher<{ said?: string }>();
  const acting = useFetcher();
  const form = useRef<HTMLFormElement>(null);
  const said = saying.data?.said;
  // With the news that it left, not after: what is written at once is the next one.
  useLayoutEffect(() => {
    if (said) form.current?.reset();
  }, [said]);
  const hidden = (
    <>
      <input type="hidden" name="channelId" value={channelId} />
      <input type="hidden" name="callId" value={callId} />
    </>
  );
  return (
    <div className="flex flex-col gap-3 border-t border-line bg-raised p-3">
      <saying.Form ref={form} method="post" className="flex items-center gap-2">
        <input type="hidden" name="intent" value="say" />
        {hidden}
        <Input name="text" aria-label={t("say")} placeholder={t("say")} required maxLength={1000} autoComplete="off" />
        <IconButton
          type="submit"
          variant="primary"
          label={t("sayIt")}
          busy={saying.state === "submitting"}
          icon={<SendHorizontal size={16} aria-hidden />}
          className="size-9! shrink-0 rounded-full!"
        />
      </saying.Form>
      {functions ? <AskAgent channelId={channelId} callId={callId} /> : null}
      <acting.Form method="post" className="flex items-center justify-between gap-2">
        {hidden}
        <input type="hidden" name="which" value="current_time" />
        {functions ? (
          <Button type="submit" name="intent" value="function" icon={<Clock size={14} aria-hidden />}>
            {t("askTime")}
          </Button>
        ) : (
          <span />
        )}
        <Button type="submit" name="intent" value="hangUp" variant="danger" icon={<PhoneOff size={14} aria-hidden />}>
          {t("hangUp")}
        </Button>
      </acting.Form>
    </div>
  );
}
