import { RotateCcw, X } from "lucide-react";
import { useState } from "react";
import type { FetcherWithComponents } from "react-router";
import type { inferRouterOutputs } from "@trpc/server";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

import type { BulkAnswer } from "./change-selected.ts";

type Bulk = NonNullable<inferRouterOutputs<AppRouter>["tickets"]["bulk"]["current"]>;

interface BulkProgressProps {
  bulk: Bulk;
  fetcher: FetcherWithComponents<BulkAnswer | undefined>;
}

/** How far one's bulk change is, with a way to stop it; once it is over, what came of it and a way back. */
export function BulkProgress({ bulk, fetcher }: BulkProgressProps) {
  const t = useT("tickets");
  const format = useFormat();
  const [hidden, setHidden] = useState("");
  const key = `${bulk.id} ${bulk.status}`;
  if (hidden === key) return null;
  const busy = fetcher.state !== "idle";
  const seen = bulk.changed + bulk.unchanged;
  const runs = bulk.status === "running";
  return (
    <fetcher.Form
      method="post"
      preventScrollReset
      aria-label={t("bulkTitle")}
      className="mx-5 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg border border-line bg-surface px-4 py-2 max-sm:mx-4"
    >
      <input type="hidden" name="bulk" value={bulk.id} />
      <p role="status" className="min-w-0 flex-1">
        <span className="font-medium">{stateWords(bulk, t)}</span>
        {!runs && bulk.unchanged > 0 ? (
          <span className="text-dim">
            {" "}
            · {t(bulk.isUndo ? "bulkLeft" : "bulkUnchanged", { count: bulk.unchanged })}
          </span>
        ) : null}
      </p>
      {runs ? (
        <>
          <progress
            className="h-1.5 min-w-30 flex-1 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
            max={Math.max(1, bulk.total)}
            value={seen}
            aria-label={t("bulkTitle")}
          />
          <span className="text-dim tabular-nums">
            {t("bulkSeen", { seen: format.number(seen), total: format.number(bulk.total) })}
          </span>
          {bulk.isUndo ? null : (
            <Button type="submit" name="intent" value="stop" size="sm" busy={busy}>
              {t("bulkStop")}
            </Button>
          )}
          <p className="basis-full text-xs text-faint">{t("bulkLeave")}</p>
        </>
      ) : (
        <span className="ml-auto flex items-center gap-1">
          {bulk.undoable ? (
            <Button
              type="submit"
              name="intent"
              value="undo"
              size="sm"
              busy={busy}
              icon={<RotateCcw size={13} aria-hidden />}
            >
              {t("bulkUndo")}
            </Button>
          ) : null}
          <IconButton label={t("hide")} icon={<X size={14} aria-hidden />} onClick={() => setHidden(key)} />
        </span>
      )}
    </fetcher.Form>
  );
}

function stateWords(bulk: Bulk, t: ReturnType<typeof useT<"tickets">>): string {
  if (bulk.stalled) return t("bulkState.stalled");
  if (bulk.status === "running") return t(bulk.isUndo ? "bulkState.undoing" : "bulkState.running");
  const state = bulk.isUndo ? "undone" : bulk.status;
  return t(`bulkState.${state}`, { count: bulk.changed });
}
