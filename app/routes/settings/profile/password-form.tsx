import { useForm, type SubmissionResult } from "@conform-to/react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { TextField } from "#app/ui/text-field.tsx";

import { Section } from "./section.tsx";

/** A new password in exchange for the old one. */
export function PasswordForm({ lastResult }: { lastResult: SubmissionResult | undefined }) {
  const t = useT("members");
  const { member } = useShell();
  const { state, formData } = useNavigation();
  const [form, fields] = useForm<{ current: string; password: string }>({ id: "password", lastResult });
  const busy = state !== "idle" && formData?.get("intent") === "password";
  return (
    <Section title={t("passwordSection")}>
      <PostForm form={form} preventScrollReset className="flex flex-col gap-4">
        <input type="email" autoComplete="username" value={member.email} readOnly hidden />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <TextField
            field={fields.current}
            label={t("currentPassword")}
            type="password"
            autoComplete="current-password"
          />
          <TextField
            field={fields.password}
            label={t("newPassword")}
            hint={t("newPasswordHint")}
            type="password"
            autoComplete="new-password"
          />
        </div>
        <div>
          <Button type="submit" name="intent" value="password" busy={busy}>
            {t("changePassword")}
          </Button>
        </div>
      </PostForm>
    </Section>
  );
}
