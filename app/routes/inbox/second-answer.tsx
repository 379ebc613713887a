import { useState, type ReactNode } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { useViewers, viewersAt } from "#app/shell/viewers.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { useNow } from "#app/ui/now.tsx";

import type { ThreadMessage } from "./data.ts";

interface SecondAnswer {
  /** The latest message that was there when writing began: sent along, for the server to look as well. */
  seenId: string | null;
  /** Whether it asks before `send`, which is called with yes if the member wants it all the same. */
  asks: (send: () => void) => boolean;
  /** The question, where it was asked. */
  notice: ReactNode;
}

/**
 * Asks before a customer is answered twice: when a colleague answered since the member began to write, or is writing
 * now. While nothing is written, everything that is shown counts as seen.
 */
export function useSecondAnswer(
  conversationId: string,
  messages: readonly ThreadMessage[],
  writing: boolean,
): SecondAnswer {
  const t = useT("together");
  const format = useFormat();
  const now = useNow();
  const { userId } = useShell().member;
  const newest = messages.reduce<string | null>((last, { id }) => (last === null || id > last ? id : last), null);
  const [seenId, setSeenId] = useState(newest);
  // Who was writing when it was asked: they may have answered since.
  const [question, setQuestion] = useState<{ send: () => void; writer: string } | null>(null);
  if (!writing && seenId !== newest) setSeenId(newest);
  const answer = messages.findLast(
    ({ id, direction, author, status }) =>
      direction === "out" && status !== "failed" && author && author.id !== userId && seenId !== null && id > seenId,
  );
  const known = useViewers();
  const asks = (send: () => void) => {
    const other = viewersAt(known, [conversationId]).find(({ typing }) => typing);
    if (!answer && !other) return false;
    setQuestion({ send, writer: other?.name ?? "" });
    return true;
  };
  const close = () => setQuestion(null);
  const text = answer
    ? t("answered", {
        name: answer.author?.name ?? "",
        when: format.relative(answer.occurredAt, Math.max(now, answer.occurredAt.getTime())),
      })
    : t("alsoWriting", { name: question?.writer ?? "" });
  const notice = question ? (
    <Banner tone="warn" role="alert" className="mb-2">
      <p className="font-medium">{text}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button
          size="sm"
          onClick={() => {
            if (answer) setSeenId(newest);
            close();
          }}
        >
          {t(answer ? "read" : "wait")}
        </Button>
        <Button
          size="sm"
          variant="quiet"
          onClick={() => {
            close();
            question.send();
          }}
        >
          {t("sendAnyway")}
        </Button>
      </div>
    </Banner>
  ) : null;
  return { seenId, asks, notice };
}
