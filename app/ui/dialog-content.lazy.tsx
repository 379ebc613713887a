import { X } from "lucide-react";
import { Dialog } from "radix-ui";

import { useT } from "#app/i18n/react.tsx";

import { cx } from "./classes.ts";
import type { DialogProps } from "./dialog.tsx";
import { IconButton } from "./icon-button.tsx";

const shapes = { dialog: "dialog", sheet: "sheet", "sheet-left": "sheet sheet-left" } as const;

export default function DialogContent({
  open,
  onOpenChange,
  title,
  description,
  footer,
  children,
  shape = "dialog",
  wide = false,
  quietTitle = false,
}: DialogProps) {
  const t = useT("ui");
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className={cx(shapes[shape], wide && "dialog-wide")}
          onOpenAutoFocus={focusFirstField}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <div className={cx("flex items-start gap-3 px-4 pt-3", quietTitle && "sr-only")}>
            <div className="min-w-0 flex-1 py-1">
              <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
              {description ? <Dialog.Description className="mt-1 text-dim">{description}</Dialog.Description> : null}
            </div>
            <Dialog.Close asChild>
              <IconButton label={t("close")} tipSide="end" icon={<X size={16} aria-hidden />} />
            </Dialog.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">{children}</div>
          {footer ? (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</div>
          ) : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Into the first field; without one onto the window itself, so that its words are read first. */
function focusFirstField(event: Event) {
  if (!(event.target instanceof HTMLElement)) return;
  event.preventDefault();
  const field = event.target.querySelector<HTMLElement>("input:not([type=hidden]),textarea,select,[data-autofocus]");
  (field ?? event.target).focus();
}
