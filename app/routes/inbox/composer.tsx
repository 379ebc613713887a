import { CornerUpLeft, Send, StickyNote, X } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { CommandKey } from "#app/shell/keys.tsx";
import { useCan, useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Textarea } from "#app/ui/inputs.tsx";

import { ClosedNotice } from "./closed-notice.tsx";
import { CharacterCount, excessOf } from "./character-count.tsx";
import type { Colleague, Detail, Opened, QuickReply, ThreadMessage } from "./data.ts";
import { channelKind } from "./data.ts";
import { MailFields, MailSignature } from "./mail-fields.tsx";
import { type MailValues, mailValuesOf, readCopies } from "./mail-values.ts";
import { emptyDraft, useDraft } from "./draft-store.ts";
import { addOutgoing, isLeaving } from "./outgoing-store.ts";
import { useMentions } from "./mention-menu.tsx";
import { quote, useQuote } from "./quote-store.ts";
import { useAttaching } from "./use-attaching.tsx";
import { useMarking } from "./use-marking.tsx";
import { useSecondAnswer } from "./second-answer.tsx";
import { SendLater, type Later } from "./send-later.tsx";
import { WayNotice } from "./way-notice.tsx";
import { useQuickReplies } from "./quick-reply-menu.tsx";

type Mode = "reply" | "note";

interface ComposerProps {
  conversation: Detail;
  quickReplies: QuickReply[];
  /** Whom a note may call. */
  colleagues: readonly Colleague[];
  /** What was said last, for who answered meanwhile. */
  messages: readonly ThreadMessage[];
  /** What the server kept of what was being written. */
  draft: Opened["draft"];
}

/** Where one writes: a reply as the channel allows it, or a note for the team. */
export function Composer({ conversation, quickReplies, colleagues, messages, draft: kept }: ComposerProps) {
  const t = useT("inbox");
  const ui = useT("ui");
  const { member, tenant } = useShell();
  const allowed = useCan("conversations.reply");
  const { id, reply, mail } = conversation;
  const to = useTenantPath();
  const [draft, keep] = useDraft(id, kept, { address: to(`inbox/${id}`), files: to("files") });
  const { text } = draft;
  const field = useRef<HTMLTextAreaElement>(null);
  const quoted = useQuote(id);
  // Where nothing can be sent, a note still can be left.
  const note = draft.note || reply.refusal !== null;
  const channel = t(`channel.${channelKind(conversation.channel.type)}`);
  // To be sent as soon as the files are there, unless one goes on writing.
  const [awaited, setAwaited] = useState<{ id: string; later: Later | undefined } | null>(null);
  const write = (next: string) => {
    keep({ text: next });
    setAwaited(null);
  };
  const values = {
    "customer.first_name": conversation.customer.firstName ?? conversation.customer.name.split(" ", 1)[0] ?? "",
    "customer.name": conversation.customer.name,
    "customer.city": conversation.customer.city ?? "",
    "agent.name": member.name,
    "business.name": tenant.name,
  };
  // null: as the thread says, which changes when somebody answers.
  const [typed, setTyped] = useState<MailValues | null>(null);
  // Counted, so that the fields fold again after each.
  const [written, setWritten] = useState(0);
  const mailValues = mail ? (typed ?? mailValuesOf(mail)) : null;
  const menu = useQuickReplies({ field, text, write, replies: note ? [] : quickReplies, values });
  const marking = useMarking({ field, write, carried: !note && conversation.channel.type === "whatsapp" });
  const mentions = useMentions({
    field,
    text,
    write,
    people: note ? colleagues.filter((one) => one.id !== member.userId) : [],
  });
  const attaching = useAttaching(conversation, note);
  const attached = attaching.attachmentIds.join(",");
  const keepAttached = useEffectEvent((ids: string) => {
    if (ids !== draft.attachmentIds.join(",")) keep({ attachmentIds: ids.split(",").filter(Boolean) });
  });
  useEffect(() => keepAttached(attached), [attached]);
  // What an earlier page could not send yet is on its way, and no draft any more.
  const forgetLeaving = useEffectEvent((conversationId: string) => {
    if (text !== "" && isLeaving(conversationId, text)) emptyDraft(conversationId);
  });
  useEffect(() => forgetLeaving(id), [id]);
  const second = useSecondAnswer(id, messages, text !== "");
  const isFilled = text.trim() !== "" || attaching.count > 0;
  const fits =
    excessOf(text, reply.maxTextLength, reply.maxTextBytes) === 0 &&
    readCopies(mailValues?.cc ?? "").wrong.length === 0;
  // Places that a ready-made answer left open.
  const missing = note ? [] : Object.keys(values).filter((name) => text.includes(`{{${name}}}`));
  const isWhole = missing.length === 0 && isFilled && (note || fits);
  const ready = isWhole && attaching.state !== "refused";
  const send = (later?: Later, anyway = false) => {
    if (!ready) return;
    if (attaching.state === "arriving") {
      setAwaited({ id, later });
      return;
    }
    setAwaited(null);
    if (!note && !anyway && second.asks(() => send(later, true))) return;
    for (const [at, part] of attaching.take(text.trim()).entries())
      addOutgoing({
        conversationId: id,
        note,
        ...part,
        replyTo: note || at > 0 ? null : quoted,
        seenId: note || anyway || at > 0 ? null : second.seenId,
        ...(mailValues && !note ? { mail: mailValues } : {}),
        ...(later && !note ? { later } : {}),
      });
    emptyDraft(id);
    setTyped(null);
    setWritten(written + 1);
    if (!note) quote(id, null);
    field.current?.focus();
  };
  if (awaited && (awaited.id !== id || attaching.state === "refused")) setAwaited(null);
  const goOn = useEffectEvent(() => send(awaited?.later));
  const goesOn = awaited !== null && ready && attaching.state === "there";
  useEffect(() => {
    if (goesOn) goOn();
  }, [goesOn]);
  if (!allowed) return null;
  const choose = (next: Mode) => {
    keep({ note: next === "note" });
    requestAnimationFrame(() => field.current?.focus());
  };
  const keys = (event: KeyboardEvent) => {
    if (menu.onKeyDown(event) || mentions.onKeyDown(event) || marking.onKeyDown(event)) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") field.current?.blur();
  };
  return (
    <form
      method="post"
      aria-label={t("composer")}
      className="relative flex-none border-t border-line px-4 py-2.5 max-sm:px-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <input type="hidden" name="intent" value={note ? "note" : "reply"} />
      {menu.element ?? mentions.element}
      {second.notice}
      {quoted && !note ? (
        <div className="mb-1.5 flex items-center gap-2 text-xs text-dim">
          <CornerUpLeft size={12} aria-hidden />
          <span className="min-w-0 flex-1 truncate">
            {t("answering")} {ui("quoted", { text: quoted.text })}
          </span>
          <IconButton
            size="sm"
            label={t("cancelQuote")}
            icon={<X size={12} aria-hidden />}
            onClick={() => quote(id, null)}
          />
        </div>
      ) : null}
      <ClosedNotice conversation={conversation} />
      {note ? null : <WayNotice conversation={conversation} />}
      {mail && mailValues && !note ? (
        <MailFields key={written} mail={mail} values={mailValues} onChange={setTyped} />
      ) : null}
      {attaching.tray}
      <Textarea
        ref={field}
        name="text"
        rows={2}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={keys}
        onSelect={mentions.onSelect}
        onPaste={attaching.onPaste}
        placeholder={note ? t("notePlaceholder") : t("replyPlaceholder", { channel })}
        aria-label={note ? t("noteTab") : t("reply")}
        aria-keyshortcuts={note ? undefined : "R"}
        className={cx("max-h-60 min-h-15 resize-none", note && "border-warn bg-note")}
        {...menu.aria}
        {...mentions.aria}
      />
      {missing.length > 0 ? (
        <p role="status" className="mt-1 text-xs text-warn">
          {t("missing", { names: missing.map((name) => `{{${name}}}`).join(", ") })}
        </p>
      ) : null}
      {mail && !note ? <MailSignature signature={mail.signature} /> : null}
      <div className="mt-2 flex items-center gap-1">
        <ModeButton
          on={!note}
          label={t("reply")}
          icon={<CornerUpLeft size={14} aria-hidden />}
          {...(note ? { shortcut: "R" } : {})}
          onClick={() => choose("reply")}
        />
        <ModeButton
          on={note}
          label={t("noteTab")}
          icon={<StickyNote size={14} aria-hidden />}
          shortcut="N"
          onClick={() => choose("note")}
        />
        {attaching.button}
        {marking.buttons}
        <span className="ml-auto flex items-center gap-3">
          {attaching.hint ? <span className="text-2xs text-faint max-sm:hidden">{attaching.hint}</span> : null}
          {note ? null : (
            <CharacterCount
              text={text}
              most={reply.maxTextLength}
              mostBytes={reply.maxTextBytes}
              sms={conversation.channel.type === "sms"}
            />
          )}
          <Button
            type="submit"
            variant="primary"
            className="order-last"
            disabled={!ready}
            busy={awaited !== null}
            icon={note ? undefined : <Send size={14} aria-hidden />}
          >
            {note ? t("addNote") : t("send")}
            <span className="max-2xl:hidden">
              <CommandKey letter="↵" />
            </span>
          </Button>
          {/* After the button that Enter presses; shown before it. */}
          {note ? null : <SendLater disabled={!ready} until={reply.wayEndsAt} onChoose={(later) => send(later)} />}
        </span>
      </div>
    </form>
  );
}

interface ModeButtonProps {
  on: boolean;
  disabled?: boolean;
  label: string;
  icon: ReactNode;
  shortcut?: string;
  onClick: () => void;
}

function ModeButton({ on, ...rest }: ModeButtonProps) {
  const { label, ...button } = rest;
  return (
    <Button size="sm" variant="quiet" aria-pressed={on} className={cx(on && "bg-active text-accent")} {...button}>
      {label}
    </Button>
  );
}
