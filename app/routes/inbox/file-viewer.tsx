import { useMemo, useState, type ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Lightbox } from "#app/ui/lightbox.tsx";

import type { ThreadMessage } from "./data.ts";
import { viewableFiles } from "./file-data.ts";
import { ViewerContext } from "./message-files.tsx";

/** Lets the pictures and films of a thread be seen large, one after another. */
export function FileViewer({ messages, children }: { messages: readonly ThreadMessage[]; children: ReactNode }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const path = useTenantPath();
  const [shown, setShown] = useState<string | null>(null);
  const files = useMemo(() => viewableFiles(messages), [messages]);
  const items = files.map((file) => {
    const src = path(`files/${file.id}`);
    const name = file.fileName ?? t(`media.${file.kind}`);
    return {
      id: file.id,
      src,
      download: `${src}?download`,
      name,
      kind: file.shownAs === "video" ? "video" : "image",
    } as const;
  });
  const at = items.findIndex((item) => item.id === shown);
  return (
    <ViewerContext value={setShown}>
      {children}
      <Lightbox
        items={items}
        shown={at === -1 ? null : shown}
        onShow={setShown}
        words={{
          title: t("viewer.title", { at: at + 1, count: items.length }),
          previous: t("viewer.previous"),
          next: t("viewer.next"),
          download: t("viewer.download"),
          close: ui("close"),
        }}
      />
    </ViewerContext>
  );
}
