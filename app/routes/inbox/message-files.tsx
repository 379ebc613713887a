import { Download, FileText, FileWarning, Image, Mic, RotateCcw, Sticker, Video, type LucideIcon } from "lucide-react";
import { createContext, use } from "react";
import { useFetcher } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Clip } from "#app/ui/clip.tsx";

import type { ActionResult } from "./act.ts";
import type { ThreadMessage } from "./data.ts";
import type { File } from "./file-data.ts";

/** Opens the viewer on one file. Given by the thread. */
export const ViewerContext = createContext<(id: string) => void>(() => undefined);

const icons: Record<File["kind"], LucideIcon> = {
  image: Image,
  audio: Mic,
  video: Video,
  document: FileText,
  sticker: Sticker,
};

/** The files of a message, below its words; those that stand inside a mail's text are shown there. */
export function MessageFiles({ message, channel }: { message: ThreadMessage; channel: string }) {
  const files = message.attachments.filter((file) => !file.inline);
  if (files.length === 0) return null;
  return (
    <div className="flex flex-col items-start gap-1.5">
      {files.map((file) => (
        <OneFile key={file.id} file={file} channel={channel} />
      ))}
    </div>
  );
}

/** One file: a picture, a player, a card, or why it is not there. */
export function OneFile({ file, channel }: { file: File; channel: string }) {
  const t = useT("inbox");
  const src = useTenantPath()(`files/${file.id}`);
  const name = file.fileName ?? t(`media.${file.kind}`);
  if (file.status !== "stored") return <NotHere file={file} name={name} channel={channel} />;
  if (file.shownAs === "image") return <Picture file={file} src={src} name={name} />;
  if (file.shownAs === "video") {
    return (
      <Clip
        kind="video"
        preload="metadata"
        src={src}
        label={name}
        className="aspect-video w-80 max-w-full rounded-lg bg-sunken"
      />
    );
  }
  if (file.shownAs === "audio") {
    return <Clip kind="audio" preload="none" src={src} label={name} className="h-10 w-72 max-w-full" />;
  }
  return <Card file={file} name={name} href={`${src}?download`} />;
}

const longestSide = 288;

/** A picture with its place kept before it is there: nothing moves when it arrives. */
function Picture({ file, src, name }: { file: File; src: string; name: string }) {
  const t = useT("inbox");
  const open = use(ViewerContext);
  const { width, height } = file;
  const scale =
    width && height ? Math.min(1, (file.kind === "sticker" ? 144 : longestSide) / Math.max(width, height)) : 1;
  const size = width && height ? { width: Math.round(width * scale), height: Math.round(height * scale) } : {};
  return (
    <a
      href={src}
      aria-label={t("file.open", { name })}
      className="block max-w-full overflow-hidden rounded-lg outline-offset-2"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        open(file.id);
      }}
    >
      <img
        {...size}
        src={src}
        alt={name}
        loading="lazy"
        decoding="async"
        className={size.width ? "h-auto max-w-full bg-sunken" : "max-h-72 max-w-full bg-sunken"}
      />
    </a>
  );
}

function Card({ file, name, href }: { file: File; name: string; href: string }) {
  const t = useT("inbox");
  const format = useFormat();
  const Icon = icons[file.kind];
  return (
    <a
      href={href}
      download={file.fileName ?? undefined}
      aria-label={t("file.download", { name })}
      className="flex w-72 max-w-full items-center gap-2.5 rounded-lg border border-line bg-surface p-2 text-fg no-underline hover:border-control"
    >
      <IconTile icon={Icon} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-2xs text-faint">
          {[typeWord(file), sizeWord(file, format)].filter(Boolean).join(" · ")}
        </span>
      </span>
      <Download size={16} className="flex-none text-faint" aria-hidden />
    </a>
  );
}

/** A file on its way, or why it will not come. */
function NotHere({ file, name, channel }: { file: File; name: string; channel: string }) {
  const t = useT("inbox");
  const isWaiting = file.status === "waiting";
  const reason = reasons.find((known) => known === file.reason) ?? "other";
  return (
    <div className="w-72 max-w-full rounded-lg border border-line bg-surface p-2">
      <div className="flex items-start gap-2.5">
        <IconTile icon={isWaiting ? icons[file.kind] : FileWarning} warns={!isWaiting} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{name}</p>
          <p className={isWaiting ? "text-2xs text-faint" : "text-xs text-dim"} role={isWaiting ? "status" : undefined}>
            {isWaiting ? t("file.waiting") : t(`file.reason.${reason}`, { channel })}
          </p>
        </div>
      </div>
      {file.status === "failed" || file.status === "expired" ? <AskAgain id={file.id} /> : null}
    </div>
  );
}

const reasons = [
  "too_large",
  "type_mismatch",
  "executable",
  "empty",
  "expired",
  "provider_refused",
  "unreachable",
  "damaged",
  "channel",
] as const;

function AskAgain({ id }: { id: string }) {
  const t = useT("inbox");
  const errorText = useErrorText();
  const allowed = useCan("conversations.reply");
  const { Form, state, data } = useFetcher<ActionResult>({ key: `file ${id}` });
  if (!allowed) return null;
  return (
    <Form method="post" className="mt-2">
      <input type="hidden" name="attachmentId" value={id} />
      <Button
        size="sm"
        type="submit"
        name="intent"
        value="retry-file"
        busy={state !== "idle"}
        icon={<RotateCcw size={12} aria-hidden />}
      >
        {t(state === "idle" ? "file.retry" : "file.retrying")}
      </Button>
      {data && !data.ok ? (
        <p role="alert" className="mt-1 text-xs text-bad">
          {errorText(data.reason, data.code)}
        </p>
      ) : null}
    </Form>
  );
}

function IconTile({ icon: Icon, warns = false }: { icon: LucideIcon; warns?: boolean }) {
  return (
    <span
      className={`grid size-9 flex-none place-items-center rounded-md bg-active ${warns ? "text-warn" : "text-accent"}`}
    >
      <Icon size={18} aria-hidden />
    </span>
  );
}

/** "PDF", "CSV": the name's ending where it has a short one, else the type's. */
function typeWord({ fileName, mimeType }: File): string | null {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(fileName ?? "")?.[1] ?? mimeType?.split("/")[1]?.split(/[.+-]/).at(-1);
  return ending && ending.length <= 8 ? ending.toUpperCase() : null;
}

function sizeWord({ bytes }: File, format: ReturnType<typeof useFormat>): string | null {
  return bytes === null ? null : format.bytes(bytes);
}
