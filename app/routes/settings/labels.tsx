import { Tag } from "lucide-react";
import { Form } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { AddLine, LineField } from "#app/shell/add-line.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { RefusedBanner } from "#app/shell/refused-banner.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Input, Select } from "#app/ui/inputs.tsx";
import { RowAction } from "#app/ui/row-action.tsx";

import type { Route } from "./+types/labels";

const colours = ["grey", "blue", "green", "yellow", "orange", "red", "purple"] as const;
type Label = Route.ComponentProps["loaderData"]["labels"][number];

export async function loader({ context }: Route.LoaderArgs) {
  return { labels: await context.get(apiContext).labels.list() };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { labels } = context.get(apiContext);
  return answerForm(await request.formData(), async ({ intent, labelId = "", name = "", colour }) => {
    const fields = { name, colour: colours.find((known) => known === colour) };
    if (intent === "create") await labels.create(fields);
    else if (intent === "remove") await labels.delete({ labelId });
    else await labels.update({ labelId, ...fields });
    return null;
  });
}

/** The words that conversations are sorted by, each with its colour. */
export default function Labels({ loaderData: { labels }, actionData }: Route.ComponentProps) {
  const t = useT("labels");
  const writes = useCan("labels.write");
  useLive(["conversations"]);
  const refused = refusedIn(actionData);
  const typed = refused?.initialValue;
  return (
    <Page title={t("title")}>
      <div className="flex max-w-200 flex-col gap-6 px-5 pb-12 max-sm:px-4">
        <p className="max-w-[75ch] text-dim">{t("intro")}</p>
        <RefusedBanner refused={refused} />
        {labels.length === 0 ? (
          <EmptyState icon={<Tag size={18} aria-hidden />} title={t("none")}>
            {t("noneBody")}
          </EmptyState>
        ) : (
          <ul aria-label={t("title")} className="border-t border-line">
            {labels.map((label) => (
              <LabelRow key={label.id} label={label} writes={writes} />
            ))}
          </ul>
        )}
        {writes ? (
          <AddLine intent="create" add={t("add")} count={labels.length} variant="primary">
            <LineField
              name="name"
              label={t("name")}
              required
              maxLength={40}
              defaultValue={typed?.["intent"] === "create" ? String(typed["name"] ?? "") : ""}
              place="w-56"
            />
            <label className="flex flex-col gap-1 font-medium">
              {t("colour")}
              <ColourSelect colour="blue" />
            </label>
          </AddLine>
        ) : null}
      </div>
    </Page>
  );
}

function LabelRow({ label: { id, name, colour }, writes }: { label: Label; writes: boolean }) {
  const t = useT("labels");
  return (
    <li className="border-b border-line py-2">
      {writes ? (
        <KeepTyping saved={[name, colour]}>
          <Form method="post" preventScrollReset aria-label={name} className="flex flex-wrap items-center gap-2">
            <i className={`label-dot label-${colour}`} aria-hidden />
            <input type="hidden" name="labelId" value={id} />
            <Input
              name="name"
              required
              maxLength={40}
              autoComplete="off"
              defaultValue={name}
              aria-label={t("nameOf", { name })}
              className="w-56"
            />
            <ColourSelect colour={colour} label={t("colourOf", { name })} />
            <RowAction intent="update" label={t("saveNamed", { name })}>
              {t("save")}
            </RowAction>
            <RowAction intent="remove" variant="quiet" label={t("removeNamed", { name })}>
              {t("remove")}
            </RowAction>
          </Form>
        </KeepTyping>
      ) : (
        <span className="flex items-center gap-2">
          <i className={`label-dot label-${colour}`} aria-hidden />
          {name}
        </span>
      )}
    </li>
  );
}

function ColourSelect({ colour, label }: { colour: string; label?: string }) {
  const t = useT("labels");
  return (
    <Select name="colour" defaultValue={colour} aria-label={label} className="w-32 font-normal">
      {colours.map((one) => (
        <option key={one} value={one}>
          {t(`colour.${one}`)}
        </option>
      ))}
    </Select>
  );
}
