import type { Service } from "./data.ts";
import { useWords } from "./use-words.ts";

/** What is being booked, in one line. */
export function ServiceSummary({ service, member }: { service: Service; member?: string | undefined }) {
  const words = useWords();
  const { name, durationMinutes, location } = service;
  return (
    <p className="text-dim">
      <strong className="font-semibold text-fg">{name}</strong>
      {[member, words.length(durationMinutes), words.price(service), location]
        .filter(Boolean)
        .map((word) => ` · ${word}`)
        .join("")}
    </p>
  );
}
