import { RotateCcw, X } from "lucide-react";
import { data, Link, useFetcher, useLocation } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";
import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button, buttonClass } from "#app/ui/button.tsx";

import type { Route } from "./+types/replay";
import { readFilter, selectionOf, wantedOf } from "./log-address.ts";

/** What a replay would do is counted before anybody can ask for it; while one runs nobody can. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { webhookLogs } = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const selected = selectionOf(searchParams);
  const current = await webhookLogs.currentReplay();
  const wanted = selected ? { ids: selected } : wantedOf(readFilter(searchParams), Date.now());
  const count = current?.status === "running" ? null : await webhookLogs.countReplay(wanted);
  return { count, current, selected: selected !== null };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { webhookLogs } = context.get(apiContext);
  const form = await request.formData();
  const { searchParams } = new URL(request.url);
  const selected = selectionOf(searchParams);
  try {
    if (form.get("intent") === "start") {
      await webhookLogs.startReplay(selected ? { ids: selected } : wantedOf(readFilter(searchParams), Date.now()));
    } else if (form.get("intent") === "cancel") {
      await webhookLogs.cancelReplay({ replayId: String(form.get("replay")) });
    } else throw data(null, { status: 400 });
    return { refused: null };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    return { refused: refusal.reason };
  }
}

export default function ReplayPage({ loaderData: { count, current, selected } }: Route.ComponentProps) {
  const t = useT("logs");
  const to = useTenantPath();
  const errorText = useErrorText();
  const { search } = useLocation();
  const fetcher = useFetcher<{ refused: string | null }>();
  useLive(["webhook_logs"], undefined, { every: 500 });
  const busy = fetcher.state !== "idle";
  return (
    <section aria-label={t("replayTitle")} className="flex min-w-0 flex-col gap-4 px-5 pt-3.5 pb-10 max-sm:px-4">
      <header className="flex items-center gap-2">
        <h2 className="font-semibold">{t("replayTitle")}</h2>
        <Link
          to={to(`logs${selected ? "" : search}`)}
          aria-label={t("close")}
          className={`${buttonClass({ variant: "quiet" })} btn-icon tap ml-auto`}
          preventScrollReset
        >
          <X size={16} aria-hidden />
        </Link>
      </header>
      {fetcher.data?.refused ? (
        <Banner tone="bad" role="alert">
          {errorText(fetcher.data.refused)}
        </Banner>
      ) : null}
      {current ? <Progress replay={current} /> : null}
      {current?.status === "running" ? (
        <fetcher.Form method="post" className="flex flex-col gap-2">
          <input type="hidden" name="replay" value={current.id} />
          <Button type="submit" name="intent" value="cancel" busy={busy} className="self-start">
            {t("replayStop")}
          </Button>
          <p className="text-xs text-faint">{t("replayRunningHint")}</p>
        </fetcher.Form>
      ) : null}
      {count ? (
        <>
          <p>{t(selected ? "replaySelected" : "replayMatching", { count: count.total })}</p>
          <ul className="divide-y divide-line rounded-lg border border-line">
            <Fate words={t("replayAgain")} value={count.again} />
            <Fate words={t("replayUnchanged")} value={count.unchanged} />
            <Fate words={t("replayRefused")} value={count.refused} />
          </ul>
          <fetcher.Form method="post" className="flex flex-col gap-2">
            <Button
              type="submit"
              name="intent"
              value="start"
              variant="primary"
              busy={busy}
              disabled={count.again === 0}
              icon={<RotateCcw size={14} aria-hidden />}
              className="self-start"
            >
              {t("replayStart", { count: count.again })}
            </Button>
            <p className="text-xs text-faint">{t("replayHint")}</p>
          </fetcher.Form>
        </>
      ) : null}
    </section>
  );
}

function Fate({ words, value }: { words: string; value: number }) {
  const format = useFormat();
  return (
    <li className="flex items-baseline justify-between gap-3 px-3 py-2">
      <span className="text-dim">{words}</span>
      <span className="font-semibold tabular-nums">{format.number(value)}</span>
    </li>
  );
}

type Replay = NonNullable<Route.ComponentProps["loaderData"]["current"]>;

function Progress({ replay }: { replay: Replay }) {
  const t = useT("logs");
  const format = useFormat();
  const seen = replay.replayed + replay.unchanged + replay.refused;
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span role="status" className="font-medium">
          {t(replay.stalled ? "replayState.stalled" : `replayState.${replay.status}`)}
        </span>
        <span className="text-dim tabular-nums">
          {t("replaySeen", { seen: format.number(seen), total: format.number(replay.total) })}
        </span>
      </p>
      <progress
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
        max={Math.max(1, replay.total)}
        value={seen}
        aria-label={t("replayTitle")}
      />
      {replay.stalled ? <p className="text-xs text-dim">{t("replayStalledHint")}</p> : null}
      <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 text-sm">
        <Counted words={t("replayedAgain")} value={replay.replayed} />
        <Counted words={t("replayedUnchanged")} value={replay.unchanged} />
        <Counted words={t("replayedRefused")} value={replay.refused} />
      </dl>
      <p className="text-xs text-faint">
        {t("replayAsked", { at: format.dateTime(replay.startedAt) })}
        {replay.requestedBy ? ` · ${t("by", { name: replay.requestedBy })}` : ""}
      </p>
    </div>
  );
}

function Counted({ words, value }: { words: string; value: number }) {
  const format = useFormat();
  return (
    <>
      <dt className="text-dim">{words}</dt>
      <dd className="text-right tabular-nums">{format.number(value)}</dd>
    </>
  );
}
