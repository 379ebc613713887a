import { FileText, Image, Mic, Video } from "lucide-react";
import type { ReactNode } from "react";
import { useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";
import { Ticks } from "#app/ui/ticks.tsx";

import type { Messages } from "./playing.ts";

type Message = Messages[number];

interface BubbleProps {
  message: Message;
  business: string;
  /** Whose phone it is. */
  phone: { channelId: string; address: string };
  /** What was sent can be taken back here. */
  unsends: boolean;
  reacts: boolean;
}

const thumb = "👍";

/** One message as the phone draws it; the customer's own stand on the right, with their ticks. */
export function Bubble({ message, business, phone, unsends, reacts }: BubbleProps) {
  const t = useT("simulator");
  const format = useFormat();
  const own = message.author === "customer";
  const reactions = message.reactions ?? [];
  const mine = reactions.find((reaction) => reaction.by === "customer");
  return (
    <article
      className={cx(
        "max-w-[82%] rounded-2xl px-3 py-1.5",
        own ? "self-end rounded-br-md bg-active" : "self-start rounded-bl-md border border-line bg-surface",
      )}
    >
      <p className="sr-only">{own ? t("fromCustomer") : t("fromBusiness", { name: business })}</p>
      <SentFile message={message} />
      <p className="whitespace-pre-wrap">{message.text}</p>
      {message.template?.buttons.map((label) => (
        <p key={label} className="mt-1 border-t border-line pt-1 text-center text-accent">
          {label}
        </p>
      ))}
      <div className="mt-0.5 flex items-center justify-end gap-1 text-2xs text-faint">
        {reactions.map(({ by, emoji }) => (
          <span key={by} title={by === "customer" ? t("reactedYou") : t("reactedBusiness", { name: business })}>
            {emoji}
          </span>
        ))}
        <time dateTime={new Date(message.at).toISOString()}>{format.time(message.at)}</time>
        <Ticks status={message.tick} />
      </div>
      {own && unsends ? (
        <OnMessage message={message} phone={phone} intent="unsend">
          {t("unsend")}
        </OnMessage>
      ) : null}
      {!own && reacts ? (
        <OnMessage message={message} phone={phone} intent="react" emoji={mine ? "" : thumb}>
          {mine ? t("unreact") : t("react", { emoji: thumb })}
        </OnMessage>
      ) : null}
    </article>
  );
}

const icons = { image: Image, audio: Mic, video: Video, document: FileText };

/** A file as a phone lists it: what it is, and how much of it there is. */
function SentFile({ message: { file, hasImage } }: { message: Message }) {
  const t = useT("simulator");
  const format = useFormat();
  if (!file && !hasImage) return null;
  const kind = file?.kind === "audio" || file?.kind === "video" || file?.kind === "document" ? file.kind : "image";
  const Icon = icons[kind];
  return (
    <p className="mb-1 flex items-center gap-2 rounded-lg bg-sunken px-2 py-1.5">
      <Icon size={16} aria-hidden className="flex-none text-accent" />
      <span className="min-w-0 flex-1 break-all">{file?.name ?? t(`file.${kind}`)}</span>
      {file ? <span className="flex-none text-2xs text-faint">{format.bytes(file.bytes)}</span> : null}
    </p>
  );
}

interface OnMessageProps extends Pick<BubbleProps, "message" | "phone"> {
  intent: "unsend" | "react";
  emoji?: string;
  children: ReactNode;
}

/** Something the customer does with one message. */
function OnMessage({ message, phone, intent, emoji, children }: OnMessageProps) {
  const { Form } = useFetcher();
  return (
    <Form method="post" className="text-right">
      <input type="hidden" name="channelId" value={phone.channelId} />
      <input type="hidden" name="address" value={phone.address} />
      <input type="hidden" name="messageId" value={message.id} />
      {emoji === undefined ? null : <input type="hidden" name="emoji" value={emoji} />}
      <button type="submit" name="intent" value={intent} className="link text-2xs">
        {children}
      </button>
    </Form>
  );
}
