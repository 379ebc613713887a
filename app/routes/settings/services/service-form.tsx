import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input, Textarea } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { NumberField } from "#app/ui/number-field.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import type { Service } from "./service.ts";

const numbers = [
  "durationMinutes",
  "bufferBeforeMinutes",
  "bufferAfterMinutes",
  "capacity",
  "minimumNoticeMinutes",
  "horizonDays",
  "slotStepMinutes",
] as const;
type Numbers = Record<(typeof numbers)[number], string>;
type Fields = Numbers & { name: string; description: string; priceCents: string; location: string };

interface ServiceFormProps {
  /** null: a new one. */
  service: Service | null;
  people: readonly { userId: string; name: string }[];
  currency: string;
  refused: SubmissionResult | undefined;
}

/** What is offered, how long it takes, what it costs, who does it, and how its times are offered. */
export function ServiceForm({ service, people, currency, refused }: ServiceFormProps) {
  const t = useT("appointments");
  const ui = useT("ui");
  const { state } = useNavigation();
  const [form, fields] = useForm<Fields>({
    id: `service-${service?.id ?? "new"}`,
    lastResult: refused,
    defaultValue: service ? valuesOf(service) : usual,
  });
  const offering = new Set(
    service?.members.map(({ userId }) => userId) ?? (people.length === 1 ? [people[0]!.userId] : []),
  );
  return (
    <PostForm form={form} className="flex flex-col gap-4 rounded-xl bg-sunken px-5 py-4 max-sm:px-4">
      {service ? <input type="hidden" name="serviceId" value={service.id} /> : null}
      <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <TextField field={fields.name} label={t("serviceName")} maxLength={80} placeholder={t("serviceNameExample")} />
        <NumberField field={fields.durationMinutes} label={t("durationMinutes")} min={5} />
        <Field field={fields.priceCents} label={t("priceIn", { currency })} hint={t("priceHint")} optional>
          {(aria) => (
            <Input
              {...aria}
              name={fields.priceCents.name}
              defaultValue={fields.priceCents.initialValue}
              inputMode="decimal"
            />
          )}
        </Field>
      </div>
      <Field field={fields.location} label={t("location")} hint={t("locationHint")} optional>
        {(aria) => (
          <Input {...aria} name={fields.location.name} defaultValue={fields.location.initialValue} maxLength={200} />
        )}
      </Field>
      <Field field={fields.description} label={t("description")} optional>
        {(aria) => (
          <Textarea
            {...aria}
            name={fields.description.name}
            defaultValue={fields.description.initialValue}
            maxLength={1_000}
            rows={2}
          />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 font-medium">{t("whoOffers")}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {people.map(({ userId, name }) => (
            <Checkbox key={userId} name="memberIds" value={userId} defaultChecked={offering.has(userId)} label={name} />
          ))}
        </div>
      </fieldset>
      <Checkbox
        name="online"
        value="on"
        defaultChecked={service?.online ?? true}
        label={t("online")}
        hint={t("onlineHint")}
      />
      <fieldset className="grid items-start gap-4 sm:grid-cols-3">
        <legend className="mb-2 font-medium">{t("offersMore")}</legend>
        <NumberField field={fields.bufferBeforeMinutes} label={t("bufferBefore")} hint={t("bufferHint")} />
        <NumberField field={fields.bufferAfterMinutes} label={t("bufferAfter")} hint={t("bufferHint")} />
        <NumberField field={fields.slotStepMinutes} label={t("slotStep")} min={5} />
        <NumberField field={fields.minimumNoticeMinutes} label={t("minimumNotice")} step="any" />
        <NumberField field={fields.horizonDays} label={t("horizon")} min={1} />
        <NumberField field={fields.capacity} label={t("capacity")} min={1} />
      </fieldset>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          name="intent"
          value={service ? "update" : "create"}
          variant="primary"
          busy={state !== "idle"}
        >
          {service ? t("saveService") : t("createService")}
        </Button>
        <LinkButton to="?" variant="quiet">
          {ui("cancel")}
        </LinkButton>
        {service ? (
          <span className="ml-auto flex items-center gap-3 text-xs text-dim">
            {t("archiveHint")}
            <Button type="submit" name="intent" value="archive" size="sm" formNoValidate>
              {t("archive")}
            </Button>
          </span>
        ) : null}
      </div>
    </PostForm>
  );
}

const usual: Fields = {
  name: "",
  description: "",
  priceCents: "",
  location: "",
  durationMinutes: "30",
  bufferBeforeMinutes: "0",
  bufferAfterMinutes: "0",
  capacity: "1",
  minimumNoticeMinutes: "2",
  horizonDays: "60",
  slotStepMinutes: "30",
};

function valuesOf(service: Service): Fields {
  const { name, description, location, priceCents } = service;
  const values = Object.fromEntries(numbers.map((one) => [one, String(service[one])])) as Numbers;
  return {
    ...values,
    name,
    description,
    location,
    priceCents: priceCents === null ? "" : String(priceCents / 100),
    minimumNoticeMinutes: String(service.minimumNoticeMinutes / 60),
  };
}
