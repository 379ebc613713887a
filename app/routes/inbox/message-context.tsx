import { AtSign, CircleDashed, Lock, Megaphone, MessageSquareText, Share2, type LucideIcon } from "lucide-react";

import { useT } from "#app/i18n/react.tsx";

import type { ThreadMessage } from "./data.ts";

type Fields = Record<string, unknown>;
const fields = (value: unknown): Fields | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;

/** What a message is about, above its words: a story, a public comment, a shared post, an advertisement. */
export function MessageContext({ message: { data, deletedAt } }: { message: ThreadMessage }) {
  const t = useT("inbox");
  if (!data || deletedAt) return null;
  const story = fields(data["story"]);
  const comment = fields(data["comment"]);
  if (comment) {
    const link = typeof comment["permalink"] === "string" ? comment["permalink"] : null;
    return (
      <Line icon={MessageSquareText} link={link}>
        {t(comment["live"] === true ? "context.live" : "context.comment")}
      </Line>
    );
  }
  if (story) {
    const mention = story["mention"] === true;
    return <Line icon={mention ? AtSign : CircleDashed}>{t(mention ? "context.mention" : "context.storyReply")}</Line>;
  }
  if (typeof data["privateReplyTo"] === "string") return <Line icon={Lock}>{t("context.privateReply")}</Line>;
  if (fields(data["share"])) return <Line icon={Share2}>{t("context.share")}</Line>;
  if (fields(data["referral"])) return <Line icon={Megaphone}>{t("context.referral")}</Line>;
  return null;
}

function Line({ icon: Icon, link = null, children }: { icon: LucideIcon; link?: string | null; children: string }) {
  return (
    <p className="mb-0.5 flex items-center gap-1 text-2xs text-faint">
      <Icon size={12} aria-hidden />
      {link ? (
        <a href={link} target="_blank" rel="noreferrer noopener" className="link">
          {children}
        </a>
      ) : (
        children
      )}
    </p>
  );
}
