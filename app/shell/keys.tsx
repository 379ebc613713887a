import { createContext, use, type ReactNode } from "react";

import { Kbd } from "#app/ui/kbd.tsx";

const MacContext = createContext(false);

export function KeysProvider({ mac, children }: { mac: boolean; children: ReactNode }) {
  return <MacContext value={mac}>{children}</MacContext>;
}

/** "⌘K" on Apple's keyboards, "Ctrl K" on others. */
export function CommandKey({ letter }: { letter: string }) {
  return <Kbd>{use(MacContext) ? `⌘${letter}` : `Ctrl ${letter}`}</Kbd>;
}
