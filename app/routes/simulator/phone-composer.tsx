import { SendHorizontal } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/inputs.tsx";

import { AttachFile } from "./attach-file.tsx";
import type { PhoneSeen, Playing } from "./playing.ts";

const hoursAgo = [0, 36, 192] as const;

/** Where the customer writes. Enter sends. */
export function PhoneComposer({
  line,
  address,
  name,
  seen,
}: Omit<Playing, "people" | "view" | "mine"> & { seen: PhoneSeen }) {
  const t = useT("simulator");
  const fetcher = useFetcher<{ sent?: { messageId: string } }>();
  const form = useRef<HTMLFormElement>(null);
  const sent = fetcher.data?.sent?.messageId;
  // With the news that it left, not after: what is written at once is the next one.
  useLayoutEffect(() => {
    if (sent) form.current?.reset();
  }, [sent]);
  const ways = [...seen.ways, ...(seen.echoes ? (["business"] as const) : [])];
  return (
    <fetcher.Form
      ref={form}
      method="post"
      encType="multipart/form-data"
      className="flex flex-wrap items-end gap-2 border-t border-line bg-raised p-3"
    >
      <input type="hidden" name="intent" value="write" />
      <input type="hidden" name="channelId" value={line.channelId} />
      <input type="hidden" name="address" value={address} />
      <input type="hidden" name="name" value={name === address ? "" : name} />
      {ways.length > 1 || line.channelType === "whatsapp" ? (
        <div className="flex w-full gap-2">
          {ways.length > 1 ? (
            <Select name="as" size="sm" aria-label={t("as")}>
              {ways.map((way) => (
                <option key={way} value={way}>
                  {t(`as.${way}`)}
                </option>
              ))}
            </Select>
          ) : null}
          <Select name="hoursAgo" size="sm" aria-label={t("when")} className="w-36!">
            {hoursAgo.map((hours) => (
              <option key={hours} value={hours}>
                {t(`when.${hours}`)}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
      <AttachFile key={sent ?? ""} />
      <textarea
        name="text"
        aria-label={t("message")}
        placeholder={t("message")}
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
        busy={fetcher.state === "submitting"}
        icon={<SendHorizontal size={16} aria-hidden />}
        className="size-9! shrink-0 rounded-full!"
      />
    </fetcher.Form>
  );
}
