import { SendHorizontal } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Switch } from "#app/ui/switch.tsx";

import { Bubble } from "./bubble.tsx";
import type { Messages, Playing } from "./playing.ts";

/** The customer's phone: the conversation as they see it, and where they write. */
export function Phone({ line, address, name, messages }: Playing & { messages: Messages }) {
  const t = useT("simulator");
  const format = useFormat();
  const [autoRead, setAutoRead] = useState(true);
  const screen = useRef<HTMLDivElement>(null);
  useReading(line.channelId, address, line.channelType === "whatsapp" && autoRead, messages);
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
        <ChannelIcon kind={line.channelType} label={line.channelType === "whatsapp" ? "WhatsApp" : "SMS"} />
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
          <Bubble key={message.id} message={message} business={line.tenantName} />
        ))}
      </div>
      {line.channelType === "whatsapp" ? (
        <div className="border-t border-line px-4 py-1">
          <Switch checked={autoRead} onChange={(event) => setAutoRead(event.target.checked)} label={t("autoRead")} />
        </div>
      ) : null}
      <Composer channelId={line.channelId} address={address} name={name} />
    </section>
  );
}

/** Where the customer writes. Enter sends. */
function Composer({ channelId, address, name }: { channelId: string; address: string; name: string }) {
  const t = useT("simulator");
  const fetcher = useFetcher<{ sent?: { messageId: string } }>();
  const form = useRef<HTMLFormElement>(null);
  const sent = fetcher.data?.sent?.messageId;
  useEffect(() => {
    if (sent) form.current?.reset();
  }, [sent]);
  return (
    <fetcher.Form ref={form} method="post" className="flex items-end gap-2 border-t border-line bg-raised p-3">
      <input type="hidden" name="intent" value="write" />
      <input type="hidden" name="channelId" value={channelId} />
      <input type="hidden" name="address" value={address} />
      <input type="hidden" name="name" value={name === address ? "" : name} />
      <textarea
        name="text"
        aria-label={t("message")}
        placeholder={t("message")}
        required
        maxLength={4096}
        rows={1}
        className="input max-h-32 min-h-9! resize-none rounded-2xl!"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <IconButton
        type="submit"
        variant="primary"
        label={t("send")}
        busy={fetcher.state !== "idle"}
        icon={<SendHorizontal size={16} aria-hidden />}
        className="size-9! shrink-0 rounded-full!"
      />
    </fetcher.Form>
  );
}

/** Says that what is on the screen was read, once for each new reply. */
function useReading(channelId: string, address: string, on: boolean, messages: Messages): void {
  const { submit } = useFetcher();
  const unread = messages.findLast((message) => message.author === "business" && message.tick === "delivered")?.id;
  useEffect(() => {
    if (!on || !unread || document.hidden) return;
    void submit({ intent: "read", channelId, address }, { method: "post" });
  }, [on, unread, channelId, address, submit]);
}
