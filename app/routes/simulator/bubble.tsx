import { Form } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";
import { Ticks } from "#app/ui/ticks.tsx";

import type { Messages } from "./playing.ts";

type Message = Messages[number];

interface BubbleProps {
  message: Message;
  business: string;
  /** Whose phone it is, where what was sent can be taken back. */
  unsend: { channelId: string; address: string } | null;
}

/** One message as the phone draws it; the customer's own stand on the right, with their ticks. */
export function Bubble({ message, business, unsend }: BubbleProps) {
  const t = useT("simulator");
  const format = useFormat();
  const own = message.author === "customer";
  return (
    <article
      className={cx(
        "max-w-[82%] rounded-2xl px-3 py-1.5",
        own ? "self-end rounded-br-md bg-active" : "self-start rounded-bl-md border border-line bg-surface",
      )}
    >
      <p className="sr-only">{own ? t("fromCustomer") : t("fromBusiness", { name: business })}</p>
      {message.hasImage ? <p className="text-dim">{t("picture")}</p> : null}
      <p className="whitespace-pre-wrap">{message.text}</p>
      <p className="mt-0.5 flex items-center justify-end gap-1 text-2xs text-faint">
        <time dateTime={new Date(message.at).toISOString()}>{format.time(message.at)}</time>
        <Ticks status={message.tick} />
      </p>
      {own && unsend ? (
        <Form method="post" className="text-right">
          <input type="hidden" name="channelId" value={unsend.channelId} />
          <input type="hidden" name="address" value={unsend.address} />
          <input type="hidden" name="messageId" value={message.id} />
          <button type="submit" name="intent" value="unsend" className="link text-2xs">
            {t("unsend")}
          </button>
        </Form>
      ) : null}
    </article>
  );
}
