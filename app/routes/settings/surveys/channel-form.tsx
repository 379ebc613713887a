import { useForm, type SubmissionResult } from "@conform-to/react";

import { useT } from "#app/i18n/react.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { TextField } from "#app/ui/text-field.tsx";

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
      enable={t("enabled")}
      isRefused={refused !== undefined}
      saveLabel={t("saveNamed", { channel: name })}
    >
      <input type="hidden" name="intent" value="channel" />
      <input type="hidden" name="channelType" value={channelType} />
      <Field field={delay} label={t("delay")} hint={t("delayHint")}>
        {(aria) => (
          <Input
            {...aria}
            name="delay"
            defaultValue={fields.delay.initialValue}
            maxLength={300}
            autoComplete="off"
            className="max-w-40"
          />
        )}
      </Field>
      {(["fr", "en"] as const).map((language) => {
        const name = language === "fr" ? "questionFr" : "questionEn";
        return (
          <TextField
            key={language}
            field={fields[name]}
            label={t(name)}
            hint={t("questionHint", { question: settings.defaults[language], ...words })}
            required={false}
            maxLength={300}
            autoComplete="off"
          />
        );
      })}
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
