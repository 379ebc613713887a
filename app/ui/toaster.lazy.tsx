import { useEffect } from "react";
import { toast, Toaster as Sonner } from "sonner";

import { onNotice, takeNotices, type Notice } from "./notices.ts";

export default function Toaster() {
  useEffect(() => onNotice(() => takeNotices().forEach(show)), []);
  return (
    <Sonner
      position="bottom-right"
      duration={5000}
      style={{ fontFamily: "inherit" }}
      mobileOffset={{ bottom: "4.5rem" }}
      toastOptions={{
        style: {
          background: "var(--raised)",
          color: "var(--fg)",
          border: "1px solid var(--line)",
          borderRadius: "0.625rem",
          fontFamily: "inherit",
          fontSize: "0.8125rem",
        },
        actionButtonStyle: { background: "var(--accent)", color: "var(--on-accent)" },
      }}
    />
  );
}

function show({ text, tone = "ok", action }: Notice) {
  const say = { ok: toast.success, bad: toast.error, info: toast.info }[tone];
  say(text, {
    // What went wrong is read twice, and what can be taken back is found by keys too.
    ...(tone === "bad" || action ? { duration: 10_000 } : {}),
    ...(action ? { action: { label: action.label, onClick: action.run } } : {}),
  });
}
