import type { inferRouterOutputs } from "@trpc/server";
import type { FetcherWithComponents } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { SavedViews } from "#app/shell/saved-views.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Tabs } from "#app/ui/tabs.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

import { BulkConfirm } from "./bulk-confirm.tsx";
import { BulkProgress } from "./bulk-progress.tsx";
import type { BulkAnswer } from "./change-selected.ts";
import { queueAddress, readQueue, views, type Queue } from "./queue-address.ts";

type Page = inferRouterOutputs<AppRouter>["tickets"]["board"];

/** The views that every queue has, as tabs. */
export function QueueTabs({ queue, counts }: { queue: Queue; counts: Page["counts"] }) {
  const t = useT("tickets");
  const tabs = views.map((view) => ({
    to: queueAddress(queue, { view, saved: undefined }),
    label: t(`view.${view}`),
    count: counts[view],
    on: view === queue.view && !queue.saved,
  }));
  return <Tabs label={t("views")} tabs={tabs} />;
}

interface QueueNewsProps {
  queue: Queue;
  frame: Page["frame"];
  answer: BulkAnswer | undefined;
  fetcher: FetcherWithComponents<BulkAnswer | undefined>;
}

/** Saved views, and what is to be said of changes of many tickets. */
export function QueueNews({ queue, frame, answer, fetcher }: QueueNewsProps) {
  const to = useTenantPath();
  const plain = views.flatMap((view) =>
    (["table", "board"] as const).map((layout) => queueAddress(readQueue(new URLSearchParams({ view, layout })))),
  );
  return (
    <>
      <SavedViews
        area="tickets"
        path={to("tickets")}
        views={frame.views}
        builtIn={[]}
        known={plain}
        query={queueAddress(queue, { saved: undefined })}
        viewId={queue.saved}
      />
      <div className="pt-2 empty:hidden">
        {answer?.kind === "ask" ? <BulkConfirm answer={answer} fetcher={fetcher} /> : null}
        {frame.bulk ? <BulkProgress bulk={frame.bulk} fetcher={fetcher} /> : null}
      </div>
    </>
  );
}
