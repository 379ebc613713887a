import { useForm, type SubmissionResult } from "@conform-to/react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";

import { CredentialInput } from "./credential-input.tsx";
import { wordsFor } from "./words.ts";

export interface Credential {
  name: string;
  secret: boolean;
  required: boolean;
  example: string;
  options?: readonly string[];
  multiline?: true;
}

interface CredentialsFormProps {
  provider: string;
  fields: readonly Credential[];
  values: Record<string, string>;
  /** Which secrets are kept, and how they end. */
  secrets: Record<string, string>;
  submit: string;
}

/** The provider's credentials. Kept secrets are never filled in: an empty field keeps them. */
export function CredentialsForm({ provider, fields, values, secrets, submit }: CredentialsFormProps) {
  const t = useT("channels");
  const fetcher = useFetcher<{ result?: SubmissionResult; done?: boolean }>();
  const [form, named] = useForm<Record<string, string>>({
    id: "credentials",
    lastResult: refusedIn(fetcher.data),
    defaultValue: values,
  });
  const [plain, rare] = sorted(fields);
  const show = (field: Credential) => {
    const state = named[field.name];
    if (!state) return null;
    const kept = field.secret ? secrets[field.name] : undefined;
    const label = wordsFor(t, `field.${provider}.${field.name}`);
    const hint = kept === undefined ? wordsFor(t, `field.${provider}.${field.name}.hint`) : t("secretReplace");
    const placeholder =
      kept === undefined ? field.example : kept === "" ? t("secretKeptShort") : t("secretKept", { last: `…${kept}` });
    return (
      <Field
        key={field.name}
        field={state}
        label={label}
        hint={hint.startsWith("field.") ? undefined : hint}
        optional={!field.required}
      >
        {(aria) => (
          <CredentialInput
            {...aria}
            key={state.key}
            name={state.name}
            defaultValue={state.initialValue}
            credential={field}
            placeholder={placeholder}
            wordsOf={(value) => wordsFor(t, `options.${provider}.${field.name}.${value}`)}
          />
        )}
      </Field>
    );
  };
  return (
    <fetcher.Form
      method="post"
      id={form.id}
      onSubmit={form.onSubmit}
      noValidate
      autoComplete="off"
      className="flex flex-col gap-4"
    >
      <input type="hidden" name="intent" value="connect" />
      <p className="text-dim">{t(provider === "email" ? "credentialsIntroMailbox" : "credentialsIntro")}</p>
      <FormErrors errors={form.errors} id={form.errorId} />
      {plain.map(show)}
      {rare.length > 0 ? (
        <details open={rare.some(({ name }) => named[name]?.errors) || undefined}>
          <summary className="font-medium">{t("rareFields")}</summary>
          <p className="mt-1 text-xs text-faint">{t("rareFieldsHint")}</p>
          <div className="mt-3 grid items-start gap-x-3 gap-y-4 sm:grid-cols-2">{rare.map(show)}</div>
        </details>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" busy={fetcher.state !== "idle"}>
          {submit}
        </Button>
        <span role="status" className="text-dim">
          {fetcher.data?.done ? t("saved") : ""}
        </span>
      </div>
    </fetcher.Form>
  );
}

/** More fields than this are too many at a glance. */
const mostPlain = 8;

/** In a long form, what most can leave empty stands folded below what everybody fills in. */
function sorted(fields: readonly Credential[]): [plain: readonly Credential[], rare: readonly Credential[]] {
  if (fields.length <= mostPlain) return [fields, []];
  const lastRequired = fields.findLastIndex((field) => field.required);
  return [fields.slice(0, lastRequired + 1), fields.slice(lastRequired + 1)];
}
