import { lazy, Suspense, useState } from "react";

const LightboxContent = lazy(() => import("./lightbox-content.lazy.tsx"));

export interface LightboxItem {
  id: string;
  src: string;
  /** Where it is downloaded. */
  download: string;
  name: string;
  kind: "image" | "video";
}

export interface LightboxProps {
  items: readonly LightboxItem[];
  /** The one that is shown; null: closed. */
  shown: string | null;
  onShow: (id: string | null) => void;
  words: { title: string; previous: string; next: string; download: string; close: string };
}

/** Pictures and films over the whole window: arrow keys go through them, Escape leaves. Its code comes when first opened. */
export function Lightbox(props: LightboxProps) {
  const [wanted, setWanted] = useState(false);
  if (props.shown !== null && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <LightboxContent {...props} />
    </Suspense>
  );
}
