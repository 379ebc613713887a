import { lazy, Suspense, useState, type ReactNode } from "react";

export const loadDialog = () => import("./dialog-content.lazy.tsx");
const DialogContent = lazy(loadDialog);

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title: what will happen, in numbers. */
  description?: ReactNode;
  /** Buttons, the safe one first. */
  footer?: ReactNode;
  children?: ReactNode;
  /** "dialog" in the middle, "sheet" from the right edge, "sheet-left" from the left. */
  shape?: "dialog" | "sheet" | "sheet-left";
  wide?: boolean;
  /** The title is for readers only. */
  quietTitle?: boolean;
}

/** A window over the page that keeps the focus until it is closed. Its code is fetched when it first opens. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.open);
  if (props.open && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <DialogContent {...props} />
    </Suspense>
  );
}

/** A window from the edge of the page, for a detail or a phone's navigation. */
export function Sheet({ side = "right", ...props }: Omit<DialogProps, "shape"> & { side?: "left" | "right" }) {
  return <Dialog {...props} shape={side === "left" ? "sheet-left" : "sheet"} />;
}
