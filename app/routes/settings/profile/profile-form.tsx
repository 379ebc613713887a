import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { locales, themes, type Locale, type Theme } from "#app/i18n/locales.ts";
import { useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { Section } from "./section.tsx";

interface ProfileFormProps {
  chosen: { name: string; locale: Locale | null; theme: Theme; timezone: string | null };
  timezones: readonly string[];
  lastResult: SubmissionResult | undefined;
}

const languages = { fr: "Français", en: "English" } as const;
const themeWords = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

/** How one appears, and how Guichet speaks and looks. */
export function ProfileForm({ chosen, timezones, lastResult }: ProfileFormProps) {
  const t = useT("members");
  const { tenant } = useShell();
  const { state, formData } = useNavigation();
  const [form, fields] = useForm<{ name: string; locale: string; theme: string; timezone: string }>({
    id: "profile",
    lastResult,
    defaultValue: { ...chosen, locale: chosen.locale ?? "", timezone: chosen.timezone ?? "" },
  });
  const busy = state !== "idle" && formData?.get("intent") === "profile";
  return (
    <Section title={t("you_section")}>
      <PostForm form={form} preventScrollReset className="flex flex-col gap-4">
        <TextField
          field={fields.name}
          label={t("name")}
          hint={t("nameHint", { tenant: tenant.name })}
          autoComplete="name"
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            field={fields.locale}
            label={t("language")}
            options={[["", t("languageAuto")], ...locales.map((code) => [code, languages[code]] as const)]}
          />
          <SelectField
            field={fields.theme}
            label={t("theme")}
            options={themes.map((theme) => [theme, t(themeWords[theme])])}
          />
        </div>
        <SelectField
          field={fields.timezone}
          label={t("timezone")}
          hint={t("timezoneHint")}
          options={[
            ["", t("timezoneTenant", { tenant: tenant.name, zone: tenant.timezone })],
            ...timezones.map((zone) => [zone, zone.replaceAll("_", " ")] as const),
          ]}
        />
        <div>
          <Button type="submit" name="intent" value="profile" variant="primary" busy={busy}>
            {t("save")}
          </Button>
        </div>
      </PostForm>
    </Section>
  );
}
