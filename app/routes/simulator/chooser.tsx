import { ChevronDown } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Form, Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { cx } from "#app/ui/classes.ts";
import { Input } from "#app/ui/inputs.tsx";

import type { Line, Playing } from "./playing.ts";

/** Which number is written to, and from which phone. Folded away on a phone. */
export function Chooser({ lines, playing }: { lines: readonly Line[]; playing: Playing }) {
  const t = useT("simulator");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { line, address, name } = playing;
  return (
    <div className="max-lg:mt-3 max-lg:rounded-xl max-lg:border max-lg:border-line max-lg:bg-surface">
      <button
        type="button"
        aria-label={t("choose")}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-3 px-3 py-2.5 text-left lg:hidden"
      >
        <ChannelIcon kind={line.channelType} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">
            {line.tenantName} · {line.name}
          </span>
          <span className="block truncate text-xs text-faint">
            {name === address ? format.phone(address) : `${name} · ${format.phone(address)}`}
          </span>
        </span>
        <ChevronDown size={16} aria-hidden className={cx("text-faint", open && "rotate-180")} />
      </button>
      <div className={cx("max-lg:border-t max-lg:border-line max-lg:px-3 max-lg:pb-3", !open && "max-lg:hidden")}>
        <Choices lines={lines} playing={playing} />
      </div>
    </div>
  );
}

function Choices({ lines, playing }: { lines: readonly Line[]; playing: Playing }) {
  const t = useT("simulator");
  const format = useFormat();
  const { line, address, people } = playing;
  const isMailbox = line.kind === "mailbox";
  const isInstagram = line.channelType === "instagram";
  return (
    <>
      <nav aria-label={t("lines")} className="mt-5">
        <h2 className="mb-1 text-xs font-medium text-faint">{t("line")}</h2>
        {[...Map.groupBy(lines, (one) => one.tenantId)].map(([tenantId, own]) => (
          <section key={tenantId} aria-label={own[0]?.tenantName} className="mt-2">
            <h3 className="px-2 pb-0.5 font-medium">{own[0]?.tenantName}</h3>
            <ul>
              {own.map((one) => (
                <li key={one.channelId}>
                  <Choice to={`?line=${one.channelId}`} on={one.channelId === line.channelId}>
                    <ChannelIcon kind={one.channelType} />
                    <span className="min-w-0">
                      <span className="block truncate">{one.name}</span>
                      <span className="block truncate text-xs text-faint">{format.phone(one.address)}</span>
                    </span>
                  </Choice>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <nav aria-label={t("phones")} className="mt-4">
        <h2 className="mb-1 text-xs font-medium text-faint">{t("phones")}</h2>
        <ul className="max-h-60 overflow-y-auto">
          {people.map((person) => (
            <li key={person.address}>
              <Choice
                to={`?${new URLSearchParams({ line: line.channelId, phone: person.address, name: person.name ?? "" })}`}
                on={person.address === address}
              >
                <Avatar name={person.name ?? person.address} />
                <span className="min-w-0">
                  <span className="block truncate font-medium">{person.name ?? format.phone(person.address)}</span>
                  <span className="block truncate text-xs text-faint">{format.phone(person.address)}</span>
                </span>
              </Choice>
            </li>
          ))}
        </ul>
      </nav>
      <details className="mt-3">
        <summary className="text-dim">{t(isMailbox ? "newMailbox" : "newPhone")}</summary>
        <Form method="get" className="mt-2 flex flex-col gap-2">
          <input type="hidden" name="line" value={line.channelId} />
          <Input name="name" aria-label={t("customerName")} placeholder={t("customerName")} required maxLength={80} />
          {isMailbox ? (
            <Input
              name="phone"
              type="email"
              aria-label={t("customerMail")}
              placeholder="client@courrier.example"
              required
            />
          ) : (
            <Input
              name="phone"
              type="tel"
              aria-label={t(isInstagram ? "customerInstagram" : "customerPhone")}
              placeholder={isInstagram ? "9988000000004567" : "+33 6 39 98 45 67"}
              required
            />
          )}
          <Button type="submit">{t(isMailbox ? "takeMailbox" : "take")}</Button>
        </Form>
      </details>
    </>
  );
}

function Choice({ to, on, children }: { to: string; on: boolean; children: ReactNode }) {
  return (
    <Link
      to={to}
      aria-current={on ? "true" : undefined}
      className={cx(
        "flex items-center gap-2.5 rounded-lg px-2 py-1.5",
        on ? "bg-active text-accent" : "hover:bg-hover",
      )}
    >
      {children}
    </Link>
  );
}
