import { useEffect, useId, useState } from "react";
import { useFetcher } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { useNow } from "#app/ui/now.tsx";

import type { ActionResult } from "./act.ts";
import { addressWords } from "./address-words.ts";
import type { Detail } from "./data.ts";
import { channelKind } from "./data.ts";
import type { loader } from "./merge-preview.ts";
import { useAnswer } from "./use-answer.ts";

/** Lets the conversation go on in another of its customer's: which, and what that does, in numbers. */
export function MergeDialog({ conversation, onClose }: { conversation: Detail; onClose: () => void }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const to = useTenantPath();
  const errorText = useErrorText();
  const form = useId();
  const { load, data: preview } = useFetcher<typeof loader>();
  const fetcher = useFetcher<ActionResult>();
  const { Form, state, data } = fetcher;
  const [intoId, setInto] = useState<string | null>(null);
  useEffect(() => void load(to(`inbox/${conversation.id}/merge`)), [load, to, conversation.id]);
  useAnswer(fetcher, (answer) => (answer.ok ? onClose() : undefined));
  const { name } = conversation.customer;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t("merge.title")}
      description={preview ? <Effects preview={preview} /> : t("loading")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form={form} disabled={!intoId} busy={state !== "idle"}>
            {t("merge.do")}
          </Button>
        </>
      }
    >
      <Form method="post" id={form} action={to(`inbox/${conversation.id}`)} className="flex flex-col gap-3">
        <input type="hidden" name="intent" value="merge" />
        {data && !data.ok ? (
          <Banner tone="bad" role="alert">
            {errorText(data.reason, data.code)}
          </Banner>
        ) : null}
        {preview?.into.length === 0 ? <p className="text-dim">{t("merge.none", { name })}</p> : null}
        {preview && preview.into.length > 0 ? (
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-2 font-medium">{t("merge.into", { name })}</legend>
            {preview.into.map((one) => (
              <Target key={one.id} one={one} checked={intoId === one.id} onChoose={() => setInto(one.id)} />
            ))}
          </fieldset>
        ) : null}
        <p className="text-xs text-faint">{t("merge.hint")}</p>
      </Form>
    </Dialog>
  );
}

type Preview = NonNullable<ReturnType<typeof useFetcher<typeof loader>>["data"]>;

function Effects({ preview }: { preview: Preview }) {
  const t = useT("inbox");
  const { messages, tickets, scheduled, drafts, labels } = preview;
  const told = [
    t("merge.messages", { count: messages }),
    tickets > 0 ? t("merge.tickets", { count: tickets }) : null,
    scheduled > 0 ? t("merge.scheduled", { count: scheduled }) : null,
    drafts > 0 ? t("merge.drafts", { count: drafts }) : null,
    labels > 0 ? t("merge.labels", { count: labels }) : null,
  ];
  return <>{t("merge.effect", { what: told.filter(Boolean).join(" · ") })}</>;
}

interface TargetProps {
  one: Preview["into"][number];
  checked: boolean;
  onChoose: () => void;
}

function Target({ one, checked, onChoose }: TargetProps) {
  const t = useT("inbox");
  const format = useFormat();
  const now = useNow();
  return (
    <label className="flex cursor-pointer items-start gap-3 rounded-md border border-line px-3 py-2 has-checked:border-accent has-checked:bg-active">
      <input type="radio" name="intoId" value={one.id} checked={checked} onChange={onChoose} className="mt-1" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5 font-medium">
          <ChannelIcon kind={channelKind(one.channelType)} />
          <span className="truncate">{one.name}</span>
          <span className="ml-auto flex-none text-xs font-normal text-faint">
            {format.age(one.lastMessageAt.getTime(), now)}
          </span>
        </span>
        <span className="block truncate text-xs text-dim">
          {addressWords(one, format)} · {t("merge.messages", { count: one.messages })}
        </span>
        {one.preview ? <span className="block truncate text-xs text-faint">{one.preview}</span> : null}
      </span>
    </label>
  );
}
