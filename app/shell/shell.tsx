import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from "react";

import { LanguageProvider, useT } from "#app/i18n/react.tsx";
import { ToastHost } from "#app/ui/toast.tsx";

import { DeadlineNotices } from "./deadline-notices.tsx";
import { listenToKeys } from "./keyboard.ts";
import { LiveBanner } from "./live-banner.tsx";
import { useLiveConnection } from "./live.ts";
import { MobileNav } from "./mobile-nav.tsx";
import { PageAnnouncer } from "./page-announcer.tsx";
import { useRowLinks } from "./row-links.ts";
import { ShellContext, type ShellData } from "./shell-data.ts";
import { Sidebar } from "./sidebar.tsx";
import { useViewerFeed } from "./viewers.ts";

const CommandPalette = lazy(() => import("./command-palette.lazy.tsx"));
const ShortcutsHelp = lazy(() => import("./shortcuts-help.lazy.tsx"));

/** The frame around every page of a tenant. */
export function Shell({ data, children }: { data: ShellData; children: ReactNode }) {
  const t = useT("shell");
  const [window, setWindow] = useState<"palette" | "help" | null>(null);
  const shell = useMemo(() => ({ ...data, openPalette: () => setWindow("palette") }), [data]);
  useEffect(() => listenToKeys({ palette: () => setWindow("palette"), help: () => setWindow("help") }), [setWindow]);
  useRowLinks();
  useLiveConnection(data.tenant.slug);
  useViewerFeed(data.tenant.slug, data.member.userId);
  const help = () => setWindow("help");
  const close = () => setWindow(null);
  return (
    <LanguageProvider timeZone={data.member.timezone ?? data.tenant.timezone}>
      <ShellContext value={shell}>
        <a href="#main" className="btn btn-primary fixed top-2 left-2 z-60 -translate-y-20 focus:translate-y-0">
          {t("skip")}
        </a>
        <div className="md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
          <header
            data-screen-only
            className="sticky top-0 flex h-dvh flex-col border-r border-line bg-sunken max-md:hidden"
          >
            <Sidebar onHelp={help} />
          </header>
          <main id="main" tabIndex={-1} className="min-w-0 outline-none max-md:pb-(--dock)">
            <LiveBanner />
            {children}
          </main>
        </div>
        <MobileNav onHelp={help} />
        <Suspense fallback={null}>
          {window === "palette" ? <CommandPalette onClose={close} onHelp={help} /> : null}
          {window === "help" ? <ShortcutsHelp onClose={close} /> : null}
        </Suspense>
        <PageAnnouncer />
        <DeadlineNotices />
        <ToastHost />
      </ShellContext>
    </LanguageProvider>
  );
}
