import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { HydratedRouter } from "react-router/dom";

import { loadCore } from "./i18n/dictionaries.ts";
import { isLocale } from "./i18n/locales.ts";
import { fetchPatiently } from "./shell/patient-fetch.ts";

fetchPatiently();

const { lang } = document.documentElement;
await loadCore(isLocale(lang) ? lang : "fr");

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  );
});
