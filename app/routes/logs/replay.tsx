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

/** What a replay would do is counted before anybody can ask for it. */
export async function loader({ request, context }: Route.LoaderArgs) {
  const { webhookLogs } = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const selected = selectionOf(searchParams);
  const [count, current] = await Promise.all([
    webhookLogs.countReplay(selected ? { ids: selected } : wantedOf(readFilter(searchParams), Date.now())),
    webhookLogs.currentReplay(),
  ]);
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
  const running = current?.status === "running";
  return (
    <section aria-label={t("replayMany")} className="flex min-w-0 flex-col gap-4 px-5 pt-3.5 pb-10 max-sm:px-4">
      <header className="flex items-center gap-2">
        <h2 className="font-semibold">{t("replayMany")}</h2>
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
      {running ? (
        <fetcher.Form method="post">
          <input type="hidden" name="replay" value={current.id} />
          <Button type="submit" name="intent" value="cancel" busy={busy}>
            {t("replayStop")}
          </Button>
        </fetcher.Form>
      ) : (
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
      )}
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
    <div className="flex flex-col gap-1.5 rounded-lg border border-line bg-surface p-3">
      <p className="flex items-baseline justify-between gap-3">
        <span className="font-medium">{t(`replayState.${replay.status}`)}</span>
        <span className="text-dim tabular-nums">
          {t("replaySeen", { seen: format.number(seen), total: format.number(replay.total) })}
        </span>
      </p>
      <progress
        className="h-1.5 w-full accent-(--accent)"
        max={Math.max(1, replay.total)}
        value={seen}
        aria-label={t("replayMany")}
      />
      <p role="status" className="text-xs text-faint">
        {t("replayCounts", {
          replayed: format.number(replay.replayed),
          unchanged: format.number(replay.unchanged),
          refused: format.number(replay.refused),
        })}
        {replay.requestedBy ? ` · ${t("by", { name: replay.requestedBy })}` : ""}
      </p>
    </div>
  );
}
