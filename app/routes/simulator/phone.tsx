import { SendHorizontal } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/inputs.tsx";
import { Switch } from "#app/ui/switch.tsx";

import { Bubble } from "./bubble.tsx";
import type { Messages, Playing, Ways } from "./playing.ts";

interface PhoneSeen {
  messages: Messages;
  /** How the customer can write here: a direct message, an answer to a story … */
  ways: Ways;
  unsends: boolean;
}

/** The customer's phone: the conversation as they see it, and where they write. */
export function Phone({ line, address, name, messages, ways, unsends }: Playing & PhoneSeen) {
  const t = useT("simulator");
  const format = useFormat();
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
            unsend={unsends ? { channelId: line.channelId, address } : null}
          />
        ))}
      </div>
      {line.channelType !== "sms" ? (
        <div className="border-t border-line px-4 py-1">
          <Switch checked={autoRead} onChange={(event) => setAutoRead(event.target.checked)} label={t("autoRead")} />
        </div>
      ) : null}
      <Composer channelId={line.channelId} address={address} name={name} ways={ways} />
    </section>
  );
}

const labels = { whatsapp: "WhatsApp", sms: "SMS", instagram: "Instagram", email: "E-mail", phone: "Tel" } as const;

interface ComposerProps {
  channelId: string;
  address: string;
  name: string;
  ways: Ways;
}

/** Where the customer writes. Enter sends. */
function Composer({ channelId, address, name, ways }: ComposerProps) {
  const t = useT("simulator");
  const fetcher = useFetcher<{ sent?: { messageId: string } }>();
  const form = useRef<HTMLFormElement>(null);
  const sent = fetcher.data?.sent?.messageId;
  useEffect(() => {
    if (sent) form.current?.reset();
  }, [sent]);
  return (
    <fetcher.Form
      ref={form}
      method="post"
      className="flex flex-wrap items-end gap-2 border-t border-line bg-raised p-3"
    >
      <input type="hidden" name="intent" value="write" />
      <input type="hidden" name="channelId" value={channelId} />
      <input type="hidden" name="address" value={address} />
      <input type="hidden" name="name" value={name === address ? "" : name} />
      {ways.length > 1 ? (
        <div className="flex w-full gap-2">
          <Select name="as" size="sm" aria-label={t("as")}>
            {ways.map((way) => (
              <option key={way} value={way}>
                {t(`as.${way}`)}
              </option>
            ))}
          </Select>
          <Select name="hoursAgo" size="sm" aria-label={t("when")} className="w-36!">
            {([0, 36, 192] as const).map((hours) => (
              <option key={hours} value={hours}>
                {t(`when.${hours}`)}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
      <textarea
        name="text"
        aria-label={t("message")}
        placeholder={t("message")}
        required={ways.length === 1}
        maxLength={4096}
        rows={1}
        className="input max-h-32 min-h-9! flex-1 resize-none rounded-2xl!"
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
