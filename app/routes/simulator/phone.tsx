import { useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { Switch } from "#app/ui/switch.tsx";

import { Bubble } from "./bubble.tsx";
import { PhoneComposer } from "./phone-composer.tsx";
import type { Messages, PhoneSeen, Playing } from "./playing.ts";

/** The customer's phone: the conversation as they see it, and where they write. */
export function Phone({ line, address, name, seen }: Playing & { seen: PhoneSeen }) {
  const t = useT("simulator");
  const format = useFormat();
  const { messages, unsends, reacts } = seen;
  const [autoRead, setAutoRead] = useState(true);
  const screen = useRef<HTMLDivElement>(null);
  useReading(line.channelId, address, line.channelType !== "sms" && autoRead, messages);
  const last = messages.at(-1)?.id;
  useEffect(() => {
    if (last) screen.current?.scrollTo(0, screen.current.scrollHeight);
  }, [last]);
  return (
    <section
      aria-label={t("phoneOf", { name })}
      className="mx-auto flex w-full max-w-100 flex-col overflow-hidden border border-line bg-surface max-sm:h-[calc(100dvh-8.5rem)] max-sm:border-x-0 sm:h-[min(46rem,calc(100dvh-4rem))] sm:rounded-[2rem] sm:border-[6px] sm:border-[color-mix(in_srgb,var(--fg)_82%,var(--surface))] sm:shadow-[0_1rem_3rem_var(--shade)]"
    >
      <header className="flex items-center gap-3 border-b border-line bg-raised px-4 py-3">
        <Avatar name={line.tenantName} size="md" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{line.tenantName}</p>
          <p className="truncate text-xs text-faint">{format.phone(line.address)}</p>
        </div>
        <ChannelIcon kind={line.channelType} label={labels[line.channelType]} />
      </header>
      <div
        ref={screen}
        role="log"
        tabIndex={0}
        aria-label={t("conversation", { name: line.tenantName })}
        className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto bg-sunken px-3 py-4"
      >
        {messages.length === 0 ? <p className="m-auto max-w-56 text-center text-dim">{t("emptyPhone")}</p> : null}
        {messages.map((message) => (
          <Bubble
            key={message.id}
            message={message}
            business={line.tenantName}
            phone={{ channelId: line.channelId, address }}
            unsends={unsends}
            reacts={reacts}
          />
        ))}
      </div>
      {line.channelType !== "sms" ? (
        <div className="border-t border-line px-4 py-1">
          <Switch checked={autoRead} onChange={(event) => setAutoRead(event.target.checked)} label={t("autoRead")} />
        </div>
      ) : null}
      <PhoneComposer line={line} address={address} name={name} seen={seen} />
    </section>
  );
}

const labels = { whatsapp: "WhatsApp", sms: "SMS", instagram: "Instagram", email: "E-mail", phone: "Tel" } as const;

/** Says that what is on the screen was read, once for each new reply. */
function useReading(channelId: string, address: string, on: boolean, messages: Messages): void {
  const { submit } = useFetcher();
  const unread = messages.findLast((message) => message.author === "business" && message.tick === "delivered")?.id;
  useEffect(() => {
    if (!on || !unread || document.hidden) return;
    void submit({ intent: "read", channelId, address }, { method: "post" });
  }, [on, unread, channelId, address, submit]);
}
