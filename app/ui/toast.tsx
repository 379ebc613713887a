import { lazy, Suspense, useEffect, useState } from "react";

import { onNotice } from "./notices.ts";

const Toaster = lazy(() => import("./toaster.lazy.tsx"));

/** Where notices appear. Its code is fetched with the first one. */
export function ToastHost() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => (wanted ? undefined : onNotice(() => setWanted(true))), [wanted]);
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <Toaster />
    </Suspense>
  );
}
