import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { KeyboardEvent } from "react";

import { Clip } from "./clip.tsx";
import { IconButton } from "./icon-button.tsx";
import type { LightboxProps } from "./lightbox.tsx";

export default function LightboxContent({ items, shown, onShow, words }: LightboxProps) {
  const at = items.findIndex((item) => item.id === shown);
  const item = items[at];
  const before = items[at - 1];
  const after = items[at + 1];
  const keys = (event: KeyboardEvent) => {
    const next = event.key === "ArrowLeft" ? before : event.key === "ArrowRight" ? after : undefined;
    if (!next) return;
    event.preventDefault();
    onShow(next.id);
  };
  return (
    <Dialog.Root open={item !== undefined} onOpenChange={(open) => (open ? undefined : onShow(null))}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="lightbox" aria-describedby={undefined} onKeyDown={keys}>
          <header className="flex items-center gap-2 px-3 py-2">
            <Dialog.Title className="min-w-0 flex-1 truncate text-sm font-medium">
              {item?.name} {items.length > 1 ? <span className="font-normal text-faint">{words.title}</span> : null}
            </Dialog.Title>
            {item ? (
              <a
                href={item.download}
                download={item.name}
                className="btn btn-quiet btn-icon tap"
                aria-label={words.download}
                data-tip={words.download}
                data-tip-side="end"
              >
                <Download size={16} aria-hidden />
              </a>
            ) : null}
            <Dialog.Close asChild>
              <IconButton label={words.close} tipSide="end" icon={<X size={16} aria-hidden />} />
            </Dialog.Close>
          </header>
          <div className="relative grid min-h-0 flex-1 place-items-center px-2 pb-3 sm:px-14">
            {item?.kind === "image" ? (
              <img key={item.id} src={item.src} alt={item.name} className="max-h-full max-w-full object-contain" />
            ) : null}
            {item?.kind === "video" ? (
              <Clip
                key={item.id}
                kind="video"
                src={item.src}
                label={item.name}
                autoPlay
                className="max-h-full max-w-full"
              />
            ) : null}
            {before ? <Turn side="left" label={words.previous} onClick={() => onShow(before.id)} /> : null}
            {after ? <Turn side="right" label={words.next} onClick={() => onShow(after.id)} /> : null}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Turn({ side, label, onClick }: { side: "left" | "right"; label: string; onClick: () => void }) {
  const Icon = side === "left" ? ChevronLeft : ChevronRight;
  return (
    <span
      className={
        side === "left" ? "absolute top-1/2 left-2 -translate-y-1/2" : "absolute top-1/2 right-2 -translate-y-1/2"
      }
    >
      <IconButton
        variant="plain"
        label={label}
        className="rounded-full! shadow-md"
        icon={<Icon size={18} aria-hidden />}
        onClick={onClick}
      />
    </span>
  );
}
