import { useForm, type SubmissionResult } from "@conform-to/react";

import { useT } from "#app/i18n/react.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field, type FieldState } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";

import { FoldedForm } from "../folded-form.tsx";
import { durationText } from "../sla/duration.ts";
import { TemplateField } from "../template-field.tsx";
import type { SurveySettings } from "./page.tsx";

interface ChannelFormProps {
  channel: SurveySettings["channels"][number];
  settings: SurveySettings;
  refused: SubmissionResult | undefined;
}

/** How one kind of channel asks: folded away until it does, or is to. */
export function ChannelForm({ channel, settings, refused }: ChannelFormProps) {
  const t = useT("surveys");
  const inbox = useT("inbox");
  const { channelType, enabled } = channel;
  const name = inbox(`channel.${channelType}`);
  const [form, fields] = useForm<
    Record<"delay" | "questionFr" | "questionEn" | "templateName" | "delayMinutes", string>
  >({
    id: `survey-${channelType}`,
    lastResult: refused,
    defaultValue: {
      delay: durationText(channel.delayMinutes),
      questionFr: channel.questionFr ?? "",
      questionEn: channel.questionEn ?? "",
      templateName: channel.templateName ?? "",
    },
  });
  const templates = settings.templates.filter((one) => one.channelType === channelType);
  const words = { firstName: "{{customer.first_name}}", business: "{{business.name}}" };
  const delay = { ...fields.delay, id: fields.delay.id, errors: fields.delayMinutes.errors ?? fields.delay.errors };
  return (
    <FoldedForm
      form={form}
      name={name}
      icon={<i className={`ico ico-${channelType}`} aria-hidden />}
      about={enabled ? t("delayed", { time: durationText(channel.delayMinutes) }) : null}
      enabled={enabled}
      state={t(enabled ? "on" : "off")}
      isRefused={refused !== undefined}
      saveLabel={t("saveNamed", { channel: name })}
    >
      <input type="hidden" name="intent" value="channel" />
      <input type="hidden" name="channelType" value={channelType} />
      <Checkbox name="enabled" value="yes" label={t("enabled")} defaultChecked={enabled} />
      <Line
        field={delay}
        name="delay"
        value={fields.delay.initialValue}
        label={t("delay")}
        hint={t("delayHint")}
        narrow
      />
      <Line
        field={fields.questionFr}
        name="questionFr"
        value={fields.questionFr.initialValue}
        label={t("questionFr")}
        hint={t("questionHint", { question: settings.defaults.fr, ...words })}
      />
      <Line
        field={fields.questionEn}
        name="questionEn"
        value={fields.questionEn.initialValue}
        label={t("questionEn")}
        hint={t("questionHint", { question: settings.defaults.en, ...words })}
      />
      {channelType === "whatsapp" ? (
        <TemplateField
          field={fields.templateName}
          templates={templates}
          label={t("template")}
          hint={t("templateHint")}
          nothing={t("noTemplate")}
          noneYet={t("noTemplates")}
        />
      ) : null}
    </FoldedForm>
  );
}

interface LineProps {
  field: FieldState;
  name: string;
  value: string | undefined;
  label: string;
  hint: string;
  narrow?: boolean;
}

function Line({ field, name, value, label, hint, narrow = false }: LineProps) {
  return (
    <Field field={field} label={label} hint={hint}>
      {(aria) => (
        <Input
          {...aria}
          name={name}
          defaultValue={value}
          maxLength={300}
          autoComplete="off"
          className={narrow ? "max-w-40" : undefined}
        />
      )}
    </Field>
  );
}
