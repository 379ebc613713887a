import { PenLine, Reply } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { Input } from "#app/ui/inputs.tsx";

import { AttachFile } from "./attach-file.tsx";
import type { Mails, Playing } from "./playing.ts";

/** The customer's mailbox: what they exchanged with the business, and where they write. */
export function Mailbox({ line, address, name, mails }: Playing & { mails: Mails }) {
  const t = useT("simulator");
  const [answering, setAnswering] = useState<Mails[number] | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const last = mails.at(-1)?.messageId;
  useEffect(() => {
    if (last) list.current?.scrollTo(0, list.current.scrollHeight);
  }, [last]);
  return (
    <section
      aria-label={t("mailboxOf", { name })}
      className="flex min-h-0 flex-col overflow-hidden rounded-xl border border-line bg-surface max-sm:rounded-none max-sm:border-x-0 lg:h-[min(46rem,calc(100dvh-4rem))]"
    >
      <header className="flex items-center gap-3 border-b border-line bg-raised px-4 py-3">
        <Avatar name={name} size="md" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{name}</p>
          <p className="truncate text-xs text-faint">{address}</p>
        </div>
      </header>
      <div
        ref={list}
        role="log"
        tabIndex={0}
        aria-label={t("conversation", { name: line.tenantName })}
        className="flex min-h-40 flex-1 flex-col divide-y divide-line overflow-y-auto"
      >
        {mails.length === 0 ? <p className="m-auto max-w-64 p-4 text-center text-dim">{t("emptyMailbox")}</p> : null}
        {mails.map((mail) => (
          <Mail
            key={mail.messageId}
            mail={mail}
            from={mail.author === "customer" ? name : line.tenantName}
            onAnswer={() => setAnswering(mail)}
          />
        ))}
      </div>
      <Writing
        key={answering?.messageId ?? "new"}
        channelId={line.channelId}
        address={address}
        name={name}
        answering={answering}
        onNew={() => setAnswering(null)}
      />
    </section>
  );
}

function Mail({ mail, from, onAnswer }: { mail: Mails[number]; from: string; onAnswer: () => void }) {
  const t = useT("simulator");
  const format = useFormat();
  return (
    <article className={cx("px-4 py-3", mail.author === "business" && "bg-sunken")}>
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-semibold">{mail.subject}</span>
        <time className="text-2xs text-faint" dateTime={new Date(mail.at).toISOString()}>
          {format.time(mail.at)}
        </time>
      </p>
      <p className="text-xs text-faint">{from}</p>
      <p className="mt-1.5 break-words whitespace-pre-wrap">{mail.text}</p>
      {mail.files.length > 0 ? <p className="mt-1.5 text-xs text-dim">{mail.files.join(" · ")}</p> : null}
      {mail.author === "business" ? (
        <Button size="sm" variant="quiet" className="mt-2" onClick={onAnswer} icon={<Reply size={14} aria-hidden />}>
          {t("answer")}
        </Button>
      ) : null}
    </article>
  );
}

interface WritingProps {
  channelId: string;
  address: string;
  name: string;
  answering: Mails[number] | null;
  onNew: () => void;
}

function Writing({ channelId, address, name, answering, onNew }: WritingProps) {
  const t = useT("simulator");
  const fetcher = useFetcher<{ sent?: { messageId: string } }>();
  const form = useRef<HTMLFormElement>(null);
  const sent = fetcher.data?.sent?.messageId;
  // With the news that it left, not after: what is written at once is the next one.
  useLayoutEffect(() => {
    if (sent) form.current?.reset();
  }, [sent]);
  const subject = answering ? `Re: ${answering.subject.replace(/^re\s*:\s*/i, "")}` : "";
  return (
    <fetcher.Form
      ref={form}
      method="post"
      encType="multipart/form-data"
      className="flex flex-col gap-2 border-t border-line bg-raised p-3"
    >
      <input type="hidden" name="intent" value="mail" />
      <input type="hidden" name="channelId" value={channelId} />
      <input type="hidden" name="address" value={address} />
      <input type="hidden" name="name" value={name === address ? "" : name} />
      <input type="hidden" name="inReplyTo" value={answering?.messageId ?? ""} />
      <Input name="subject" aria-label={t("subject")} placeholder={t("subject")} defaultValue={subject} required />
      <textarea name="text" aria-label={t("message")} placeholder={t("message")} required rows={3} className="input" />
      <div className="flex flex-wrap items-center gap-2">
        <AttachFile key={sent ?? ""} />
        <Button type="submit" variant="primary" busy={fetcher.state === "submitting"}>
          {t("send")}
        </Button>
        {answering ? (
          <Button variant="quiet" onClick={onNew} icon={<PenLine size={14} aria-hidden />}>
            {t("newMail")}
          </Button>
        ) : null}
      </div>
    </fetcher.Form>
  );
}
