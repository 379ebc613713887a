import { useForm, type SubmissionResult } from "@conform-to/react";
import { ArrowRight } from "lucide-react";
import { Form, useNavigation } from "react-router";
import type { inferRouterOutputs } from "@trpc/server";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

import { valueWords } from "./value-words.ts";
import { priorities, priorityWords, statuses } from "./ticket-words.ts";

export type MacroPreview = inferRouterOutputs<AppRouter>["macros"]["preview"];

interface MacroPanelProps {
  ticketId: string;
  macro: MacroPreview;
  /** Made with the page: pressing twice runs once. */
  runKey: string;
  lastResult: SubmissionResult | undefined;
}

/** What a macro will do to this ticket, and whether its reply may leave, before it is run. */
export function MacroPanel({ ticketId, macro, runKey, lastResult }: MacroPanelProps) {
  const t = useT("ticketWork");
  const errorText = useErrorText();
  const { state } = useNavigation();
  const [form] = useForm({ id: "macro", lastResult });
  const { changes, note, reply, problems, missing } = macro;
  const refused = reply?.refusal ?? null;
  const blocked = problems.length > 0 || missing.length > 0;
  const does = changes.length > 0 || note !== null;
  return (
    <Form
      method="post"
      id={form.id}
      aria-label={t("macroDoes", { name: macro.name })}
      className="flex max-h-[60%] flex-none flex-col gap-3 overflow-y-auto border-b border-line bg-sunken px-5 py-3 max-sm:px-4"
    >
      <input type="hidden" name="intent" value="macro" />
      <input type="hidden" name="ticketId" value={ticketId} />
      <input type="hidden" name="macroId" value={macro.id} />
      <input type="hidden" name="key" value={runKey} />
      <h2 className="font-semibold">{t("macroDoes", { name: macro.name })}</h2>
      <FormErrors errors={form.errors?.length ? form.errors : refusedField(lastResult)} id={form.errorId} />
      {problems.map((problem) => (
        <Banner key={problem} tone="bad" role="alert">
          {errorText(problem)}
        </Banner>
      ))}
      {missing.length > 0 ? <Banner tone="warn">{t("macroMissing", { fields: missing.join(", ") })}</Banner> : null}
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      {!does && !reply ? <p className="text-dim">{t("macroNothing")}</p> : null}
      {note ? <Words title={t("macroNote")} text={note} className="bg-note" /> : null}
      {reply ? <Words title={t("macroReply")} text={reply.text} className="bg-active" /> : null}
      {refused ? <Banner tone="warn">{t("macroRefused", { reason: errorText(refused) })}</Banner> : null}
      <div className="flex flex-wrap gap-2">
        {blocked || refused ? null : (
          <Button type="submit" variant="primary" busy={state !== "idle"}>
            {t("macroRun")}
          </Button>
        )}
        {refused && does && !blocked ? (
          <Button type="submit" name="silent" value="1" busy={state !== "idle"}>
            {t("macroRunSilent")}
          </Button>
        ) : null}
        <LinkButton to="?" replace variant="quiet">
          {t("cancel")}
        </LinkButton>
      </div>
    </Form>
  );
}

function Changes({ changes }: { changes: MacroPreview["changes"] }) {
  const t = useT("tickets");
  const work = useT("ticketWork");
  const ui = useT("ui");
  const format = useFormat();
  const words = ({ what, field }: MacroPreview["changes"][number], value: string | number | boolean | null): string => {
    if (what === "status") return t(`status.${statuses.find((one) => one === value) ?? "open"}`);
    if (what === "priority") return ui(priorityWords[priorities.find((one) => one === value) ?? "medium"]);
    if (value === null) return what === "assignee" ? work("nobody") : work("none");
    return valueWords(field?.type, value, work, format);
  };
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
      {changes.map((change) => (
        <div key={change.field?.id ?? change.what} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-faint">{change.field?.name ?? t(change.what === "field" ? "fields" : change.what)}</dt>
          <dd className="flex flex-wrap items-center gap-1.5">
            <span className="text-dim">{words(change, change.from)}</span>
            <ArrowRight size={13} aria-hidden className="text-faint" />
            <b className="font-medium">{words(change, change.to)}</b>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ title, text, className }: { title: string; text: string; className: string }) {
  return (
    <div>
      <h3 className="mb-1 text-xs text-faint">{title}</h3>
      <p className={`w-fit max-w-[70ch] rounded-lg px-3 py-2 whitespace-pre-wrap ${className}`}>{text}</p>
    </div>
  );
}

/** What was refused beside a field that this form does not have, such as one that is missing to resolve. */
function refusedField(lastResult: SubmissionResult | undefined): string[] | undefined {
  const first = Object.values(lastResult?.error ?? {}).flat()[0];
  return first ? [first] : undefined;
}
