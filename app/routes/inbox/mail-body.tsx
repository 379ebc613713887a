import { Bot, Ellipsis, ImageOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";

import type { ThreadMessage } from "./data.ts";
import { LinkedText } from "./linked-text.tsx";
import type { loader } from "./mail.ts";
import { MailLayout } from "./mail-layout.tsx";
import { MessageFiles } from "./message-files.tsx";
import type { MailHead } from "./message-data.ts";

type Shown = "text" | "layout";

/** A mail: its new words, and on demand what it quotes, its layout, and who else received it. */
export function MailBody({ message, mail, channel }: { message: ThreadMessage; mail: MailHead; channel: string }) {
  const t = useT("inbox");
  const box = useRef<HTMLDivElement>(null);
  const { body, failed, load } = useMail(message.id);
  const [shown, setShown] = useState<Shown>(mail.layout ? "layout" : "text");
  const [open, setOpen] = useState<"quoted" | "details" | null>(null);
  useWhenSeen(box, mail.layout && body === null, load);
  const html = shown === "layout" ? (body?.html ?? null) : null;
  const loading = shown === "layout" && !body && !failed;
  const toggle = (what: "quoted" | "details") => {
    setOpen(open === what ? null : what);
    load();
  };
  return (
    <div ref={box} className={cx("flex flex-col gap-1.5", html !== null && "mail-open")}>
      {mail.subject ? <p className="font-medium">{mail.subject}</p> : null}
      {mail.automatic ? (
        <p className="flex items-center gap-1 text-2xs text-faint" title={t("mail.automaticHint")}>
          <Bot size={12} aria-hidden /> {t("mail.automatic")}
        </p>
      ) : null}
      {open === "details" ? <Addresses mail={mail} /> : null}
      {html === null ? (
        <p className="whitespace-pre-wrap">
          <LinkedText text={message.text} />
        </p>
      ) : (
        <>
          {body && body.remoteImages > 0 && !body.withImages ? (
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-dim">
              <ImageOff size={14} aria-hidden className="flex-none" />
              <span className="min-w-0 flex-1">{t("mail.imagesBlocked", { count: body.remoteImages })}</span>
              <Button size="sm" onClick={() => load(true)}>
                {t("mail.showImages")}
              </Button>
            </p>
          ) : null}
          <MailLayout html={html} label={mail.subject ?? t("mail.layout")} quotedLabel={t("mail.quotedOnly")} />
        </>
      )}
      {open === "quoted" && body ? <Folded quoted={body.quotedText} signature={body.signature} /> : null}
      {failed ? <p className="text-xs text-bad">{t("mail.notThere")}</p> : null}
      <MessageFiles message={message} channel={channel} />
      <div className="-ml-1.5 flex flex-wrap items-center gap-x-1 text-dim">
        {shown === "text" && (mail.quoted || mail.signature) ? (
          <Quiet expanded={open === "quoted"} onClick={() => toggle("quoted")}>
            <Ellipsis size={14} aria-hidden />
            {t(mail.signature ? "mail.quoted" : "mail.quotedOnly")}
          </Quiet>
        ) : null}
        {loading ? <span className="px-1.5 text-xs">{t("mail.loading")}</span> : null}
        {mail.html && !loading ? (
          <Quiet
            onClick={() => {
              setShown(shown === "text" ? "layout" : "text");
              load();
            }}
          >
            {t(shown === "text" ? "mail.layout" : "mail.plain")}
          </Quiet>
        ) : null}
        {mail.from.length > 0 ? (
          <Quiet expanded={open === "details"} onClick={() => setOpen(open === "details" ? null : "details")}>
            {t("mail.details")}
          </Quiet>
        ) : null}
      </div>
    </div>
  );
}

function Quiet({ expanded, ...rest }: { expanded?: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-expanded={expanded}
      className="flex items-center gap-1 rounded-md px-1.5 py-0.5 text-xs hover:bg-hover hover:text-fg"
      {...rest}
    />
  );
}

function Folded({ quoted, signature }: { quoted: string | null; signature: string | null }) {
  return (
    <div className="flex flex-col gap-2 border-l-2 border-control pl-3 text-xs text-dim">
      {signature ? <p className="whitespace-pre-wrap">{signature}</p> : null}
      {quoted ? <p className="whitespace-pre-wrap">{quoted}</p> : null}
    </div>
  );
}

function Addresses({ mail }: { mail: MailHead }) {
  const t = useT("inbox");
  const lines = [
    ["mail.from", mail.from],
    ["mail.toLabel", mail.to],
    ["mail.ccLabel", mail.cc],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-xs text-dim">
      {lines.map(([label, people]) =>
        people.length > 0 ? (
          <div key={label} className="contents">
            <dt className="text-faint">{t(label)}</dt>
            <dd className="min-w-0 break-words">{people.join(", ")}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

/** The rest of a mail, fetched when it is first asked for, and again with the pictures of strangers. */
function useMail(messageId: string) {
  const at = useTenantPath()(`inbox/mails/${messageId}`);
  const { data, state, load: fetchFrom } = useFetcher<typeof loader>({ key: `mail ${messageId}` });
  const [withImages, setWithImages] = useState(false);
  const load = (images = false) => {
    if (state !== "idle" || (data && (withImages || !images))) return;
    setWithImages(images);
    void fetchFrom(`${at}${images ? "?images" : ""}`);
  };
  return { body: data ? { ...data, withImages } : null, failed: state === "idle" && data === null, load };
}

/** Calls once the element comes near the part of the page that is seen. */
function useWhenSeen(box: React.RefObject<HTMLElement | null>, wanted: boolean, seen: () => void): void {
  const call = useRef(seen);
  useEffect(() => {
    call.current = seen;
  });
  useEffect(() => {
    if (!wanted || !box.current) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        watcher.disconnect();
        call.current();
      },
      { rootMargin: "400px" },
    );
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, [box, wanted]);
}
