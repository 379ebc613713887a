import { Link, useLocation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { useNow } from "#app/ui/now.tsx";

import type { RelatedEvents } from "./log-detail.ts";
import { placesInTheirInstant, placeWords, statusTones, typeWords } from "./log-words.ts";

const dayMs = 86_400_000;

/** What else came in about the same message, conversation or call, with the event itself in its place. */
export function EventRelated({ id, related }: { id: string; related: RelatedEvents }) {
  const t = useT("logs");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  const { search } = useLocation();
  const { rows, newer, older } = related;
  const places = placesInTheirInstant(rows);
  const isAlone = rows.every((row) => row.id === id) && !newer && !older;
  if (isAlone) return null;
  const beyond = (name: "newer" | "older", from: string) => `${to(`logs/${id}`)}${withPage(search, name, from)}`;
  return (
    <section id="related" aria-labelledby="related-title" className="scroll-mt-4">
      <h3 id="related-title" className="font-semibold">
        {t("related")}
      </h3>
      <p className="mb-1.5 text-xs text-faint">{t("relatedHint")}</p>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {rows.map((other) => {
          const at = `${now - other.receivedAt.getTime() > dayMs ? `${format.day(other.receivedAt, now)} ` : ""}${format.preciseTime(other.receivedAt)}`;
          return (
            <li key={other.id} className="flex items-center gap-3 px-3 py-1.5">
              {other.id === id ? (
                <span aria-current="true" className="font-mono text-xs whitespace-nowrap text-faint">
                  {at}
                </span>
              ) : (
                <Link
                  to={`${to(`logs/${other.id}`)}${withPage(search)}`}
                  preventScrollReset
                  className="link font-mono text-xs whitespace-nowrap"
                >
                  {at}
                  <span className="sr-only">{placeWords(t, places.get(other.id))}</span>
                </Link>
              )}
              <span className="min-w-0 flex-1 truncate">
                {typeWords(t, other.type)}
                {other.id === id ? <span className="text-faint"> · {t("relatedThis")}</span> : null}
              </span>
              <Badge tone={statusTones[other.status]} {...(other.reason ? { title: t(`reason.${other.reason}`) } : {})}>
                {t(`status.${other.status}`)}
              </Badge>
            </li>
          );
        })}
      </ul>
      <p className="mt-1.5 flex gap-4 text-xs empty:hidden">
        {newer ? (
          <Link className="link" to={beyond("newer", newer)} preventScrollReset>
            {t("relatedNewer")}
          </Link>
        ) : null}
        {older ? (
          <Link className="link" to={beyond("older", older)} preventScrollReset>
            {t("relatedOlder")}
          </Link>
        ) : null}
      </p>
    </section>
  );
}

/** The list's filter stays; the place among related events is this event's alone. */
function withPage(search: string, name?: "newer" | "older", from = ""): string {
  const params = new URLSearchParams(search);
  params.delete("newer");
  params.delete("older");
  if (name) params.set(name, from);
  const query = params.toString();
  return query ? `?${query}` : "";
}
