import { createContext, use, useEffect, useState, type ReactNode } from "react";

const NowContext = createContext(0);

/** The time that ages are counted from: the server's while the page is taken over, then the clock's, every 15 s. */
export function NowProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [now, setNow] = useState(initial);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    const timer = setInterval(tick, 15_000);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}

/** Milliseconds since 1970, steady within a render. */
export function useNow(): number {
  return use(NowContext);
}
