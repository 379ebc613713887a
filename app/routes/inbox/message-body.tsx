import {
  Ban,
  FileText,
  Image,
  MapPin,
  Mic,
  ShoppingCart,
  Sticker,
  UserRound,
  Video,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";

import { useFormat, useT } from "#app/i18n/react.tsx";

import { CallLine } from "./call-line.tsx";
import type { ThreadMessage } from "./data.ts";
import { LinkedText } from "./linked-text.tsx";
import { MarkedText } from "./marked-text.tsx";
import { MailBody } from "./mail-body.tsx";
import { MessageFiles } from "./message-files.tsx";
import { readContacts, readMail, readMedia, readPlace, readTemplate, type MediaCard } from "./message-data.ts";
import { TemplateBody } from "./template-body.tsx";

const icons: Record<MediaCard["kind"], LucideIcon> = {
  image: Image,
  audio: Mic,
  voice: Mic,
  video: Video,
  document: FileText,
  sticker: Sticker,
};

interface MessageBodyProps {
  message: ThreadMessage;
  channel: string;
  /** The channel draws `*bold*`. */
  marks: boolean;
}

/** What a message holds: words, and whatever else came with them as a card. */
export function MessageBody({ message, channel, marks }: MessageBodyProps) {
  const t = useT("inbox");
  const { kind, text, data, deletedAt, direction } = message;
  if (deletedAt) {
    return (
      <p className="flex items-center gap-1.5 text-faint italic">
        <Ban size={14} aria-hidden />{" "}
        {t(data?.["erased"] ? "erasedWithCustomer" : direction === "in" ? "deletedIn" : "deletedOut")}
      </p>
    );
  }
  const mail = kind === "note" ? null : readMail(message);
  if (mail) return <MailBody message={message} mail={mail} channel={channel} />;
  const template = readTemplate(message);
  if (template) return <TemplateBody template={template} text={text} />;
  if (kind === "media") return <MediaBody message={message} channel={channel} />;
  if (kind === "location") return <Place message={message} />;
  if (kind === "contacts") return <Contacts message={message} />;
  if (kind === "interactive")
    return <Labelled label={t(message.data?.["type"] === "nfm_reply" ? "form" : "chosen")}>{text}</Labelled>;
  if (kind === "order")
    return (
      <Labelled label={t("order")} icon={ShoppingCart}>
        {text}
      </Labelled>
    );
  if (kind === "call") return <CallLine message={message} channel={channel} />;
  if (kind === "system") return <Labelled label={t("system", { channel })}>{text}</Labelled>;
  if (kind === "unsupported") return <Unsupported text={text} channel={channel} />;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="whitespace-pre-wrap">
        {marks && kind !== "note" ? <MarkedText text={text} /> : <LinkedText text={text} />}
      </p>
      <MessageFiles message={message} channel={channel} />
    </div>
  );
}

function MediaBody({ message, channel }: { message: ThreadMessage; channel: string }) {
  const t = useT("inbox");
  const format = useFormat();
  // Messages from before files were kept have the provider's reference alone.
  const cards = message.attachments.length > 0 ? [] : readMedia(message);
  // A file without words of its own is named by a sign, which its card says better.
  const captioned = message.data?.["uncaptioned"] !== true && !/^(📷|🎤|🎬|📄|🏷️|📣|🔗$)/u.test(message.text);
  return (
    <div className="flex flex-col gap-1.5">
      <MessageFiles message={message} channel={channel} />
      {cards.map((card, index) => {
        const Icon = icons[card.kind];
        const detail = [card.type, card.bytes === null ? null : format.bytes(card.bytes)].filter(Boolean).join(" · ");
        return (
          <div
            key={index}
            className="flex w-64 max-w-full items-center gap-2.5 rounded-lg border border-line bg-surface p-2"
          >
            <span className="grid size-9 flex-none place-items-center rounded-md bg-active text-accent">
              <Icon size={18} aria-hidden />
            </span>
            <span className="min-w-0">
              <span className="block truncate font-medium">{card.name ?? t(`media.${card.kind}`)}</span>
              <span className="block truncate text-2xs text-faint">
                {card.failed ? (
                  <span className="text-bad">{t("mediaFailed")}</span>
                ) : (
                  [detail, t("mediaKept", { channel })].filter(Boolean).join(" · ")
                )}
              </span>
            </span>
          </div>
        );
      })}
      {captioned ? (
        <p className="whitespace-pre-wrap">
          <LinkedText text={message.text} />
        </p>
      ) : null}
    </div>
  );
}

function Place({ message }: { message: ThreadMessage }) {
  const t = useT("inbox");
  const place = readPlace(message);
  return (
    <Labelled label={t("location")} icon={MapPin}>
      <span className="block">{message.text.replace(/^📍\s*/u, "")}</span>
      {place ? (
        <a
          href={`https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}#map=16/${place.latitude}/${place.longitude}`}
          target="_blank"
          rel="noreferrer noopener"
          className="link"
        >
          {t("openMap")}
        </a>
      ) : null}
    </Labelled>
  );
}

function Contacts({ message }: { message: ThreadMessage }) {
  const t = useT("inbox");
  const cards = readContacts(message);
  return (
    <Labelled label={t("contactCard")} icon={UserRound}>
      {cards.length === 0 ? message.text.replace(/^👤\s*/u, "") : null}
      {cards.map((card, index) => (
        <span key={index} className="block">
          {[card.name, ...card.phones, ...card.emails].filter(Boolean).join(" · ")}
        </span>
      ))}
    </Labelled>
  );
}

function Unsupported({ text, channel }: { text: string; channel: string }) {
  const t = useT("inbox");
  return (
    <div>
      <p className="text-dim italic">{t("unsupported", { channel })}</p>
      <p className="text-xs text-faint">{t("unsupportedHint")}</p>
      <p className="mt-1 font-mono text-2xs text-faint">{text}</p>
    </div>
  );
}

function Labelled({ label, icon: Icon, children }: { label: string; icon?: LucideIcon; children: ReactNode }) {
  return (
    <div>
      <p className="flex items-center gap-1 text-2xs text-faint">
        {Icon ? <Icon size={12} aria-hidden /> : null}
        {label}
      </p>
      <div className="whitespace-pre-wrap">{children}</div>
    </div>
  );
}
