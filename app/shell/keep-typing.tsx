import { useState, type ReactNode } from "react";
import { useActionData, useLocation } from "react-router";

import { refusedIn } from "./answer-form.ts";

interface KeepTypingProps {
  /** What the form shows of what is saved: a value, or how many there are of what it adds. */
  saved: unknown;
  children: ReactNode;
}

/**
 * A form that begins anew when what it shows was saved, by oneself or by a colleague; but not by a colleague
 * while somebody types into it or a refusal stands. Forms that post by navigation, as one's own saving is
 * known by the place in the history that it leads to.
 */
export function KeepTyping({ saved, children }: KeepTypingProps) {
  const { key: place } = useLocation();
  const refused = refusedIn(useActionData()) !== undefined;
  const next = JSON.stringify(saved);
  const [stand, begin] = useState({ place, saved: next, isTyped: false });
  const isInHand = refused || (stand.isTyped && stand.place === place);
  if (!isInHand && (stand.saved !== next || stand.place !== place)) begin({ place, saved: next, isTyped: false });
  const type = () => begin((now) => (now.isTyped ? now : { ...now, isTyped: true }));
  return (
    <div key={stand.saved} className="contents" onInput={type}>
      {children}
    </div>
  );
}
