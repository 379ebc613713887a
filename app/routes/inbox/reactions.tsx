import { CircleAlert, SmilePlus } from "lucide-react";
import { useFetcher } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";
import { notify } from "#app/ui/notices.ts";

import type { ActionResult } from "./act.ts";
import type { ThreadMessage } from "./data.ts";
import { useAnswer } from "./use-answer.ts";

type Given = ThreadMessage["reactions"][number];

/** A reaction under a message: the customer's, or ours with how far it has come. */
export function Reaction({ reaction: { by, emoji, state, error } }: { reaction: Given }) {
  const t = useT("inbox");
  const who =
    by === "customer" ? t("reactedBy", { emoji }) : t(stateWords[state ?? "sent"] ?? "reacted.sent", { emoji });
  return (
    <span className={cx("inline-flex items-center gap-0.5", state === "pending" && "opacity-60")} title={error}>
      <span role="img" aria-label={who}>
        {emoji}
      </span>
      {state === "failed" ? (
        <span className="flex items-center gap-0.5 text-2xs text-bad">
          <CircleAlert size={12} aria-hidden /> {t("reactionFailed")}
        </span>
      ) : null}
    </span>
  );
}

const stateWords: Readonly<Record<string, "reacted.pending" | "reacted.sent" | "reacted.failed">> = {
  pending: "reacted.pending",
  sent: "reacted.sent",
  failed: "reacted.failed",
};

/** Opens the few reactions that the channel takes; the one that stands can be taken back. */
export function ReactButton({ message, emojis }: { message: ThreadMessage; emojis: readonly string[] }) {
  const t = useT("inbox");
  const errorText = useErrorText();
  const fetcher = useFetcher<ActionResult>();
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) notify({ tone: "bad", text: errorText(answer.reason, answer.code) });
  });
  if (emojis.length === 0) return null;
  const own = message.reactions.find(({ by }) => by === "business")?.emoji;
  const react = (emoji: string) =>
    void fetcher.submit(
      { intent: "react", messageId: message.id, emoji, key: crypto.randomUUID() },
      { method: "post" },
    );
  const entries: MenuEntry[] = emojis.map((emoji) => ({
    label: <span className="text-lg leading-none">{emoji}</span>,
    checked: emoji === own,
    onSelect: () => react(emoji),
  }));
  if (own) entries.push({ kind: "line" }, { label: t("takeBack"), onSelect: () => react("") });
  return (
    <span className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:opacity-100">
      <Menu
        trigger={<IconButton size="sm" label={t("react")} icon={<SmilePlus size={14} aria-hidden />} />}
        entries={entries}
        side="top"
      />
    </span>
  );
}
