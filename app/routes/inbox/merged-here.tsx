import { Split } from "lucide-react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";

import type { Detail } from "./data.ts";
import { channelKind } from "./data.ts";
import { addressWords } from "./address-words.ts";
import { useAct } from "./use-act.ts";

/** Which conversations go on in this one, and the press that parts each again. */
export function MergedHere({ conversation }: { conversation: Detail }) {
  const t = useT("inbox");
  const format = useFormat();
  const replies = useCan("conversations.reply");
  const { act, busy } = useAct(conversation.id);
  if (conversation.merged.length === 0) return null;
  return (
    <ul aria-label={t("merge.here")} className="flex-none border-b border-line px-5 py-1 text-xs text-dim max-sm:px-3">
      {conversation.merged.map((one) => (
        <li key={one.id} className="flex items-center gap-2 py-0.5">
          <ChannelIcon kind={channelKind(one.channelType)} />
          <span className="min-w-0 flex-1 truncate">
            {t("merge.goesOn", { name: one.name, address: addressWords(one, format), count: one.messages })}
          </span>
          {replies ? (
            <Button
              size="sm"
              variant="quiet"
              busy={busy === "unmerge"}
              icon={<Split size={12} aria-hidden />}
              aria-label={t("merge.partNamed", { name: one.name })}
              onClick={() => act({ intent: "unmerge", mergedId: one.id })}
            >
              {t("merge.part")}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
