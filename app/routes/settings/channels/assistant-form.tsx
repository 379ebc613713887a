import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import type { RefusedForm } from "#app/shell/answer-form.ts";
import { KeepTyping } from "#app/shell/keep-typing.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormErrors } from "#app/ui/form-errors.tsx";
import { Input, Select, Textarea } from "#app/ui/inputs.tsx";

import type { Definition } from "./assistant-data.ts";
import { providerName, voiceExample } from "./assistant-data.ts";
import { useFunctionWord } from "./function-word.ts";

interface AssistantFormProps {
  definition: Definition;
  provider: string;
  /** Names of all that a voice agent can ask of us. */
  functions: readonly string[];
  mayWrite: boolean;
  refused: RefusedForm["result"] | undefined;
}

/** What the agent is to be. */
export function AssistantForm({ definition, provider, functions, mayWrite, refused }: AssistantFormProps) {
  const t = useT("assistants");
  const functionWord = useFunctionWord();
  const { state, formData } = useNavigation();
  const errors = (name: string) => refused?.error?.[name] ?? refused?.error?.[`definition.${name}`] ?? undefined;
  const vendor = providerName(provider);
  return (
    // Another version, other values.
    <KeepTyping saved={definition}>
      <Form method="post" aria-label={t("define")}>
        <fieldset disabled={!mayWrite} className="flex min-w-0 flex-col gap-5">
          <FormErrors errors={errors("")} />
          <Field
            field={{ id: "assistant-prompt", errors: errors("prompt") }}
            label={t("prompt")}
            hint={t("promptHint")}
          >
            {(aria) => (
              <Textarea
                {...aria}
                name="prompt"
                rows={10}
                maxLength={20_000}
                defaultValue={definition.prompt}
                placeholder={t("promptExample")}
              />
            )}
          </Field>
          <Field field={{ id: "assistant-greeting", errors: errors("greeting") }} label={t("greeting")}>
            {(aria) => (
              <Input
                {...aria}
                name="greeting"
                maxLength={500}
                autoComplete="off"
                defaultValue={definition.greeting}
                placeholder={t("greetingExample")}
              />
            )}
          </Field>
          <div className="grid gap-5 sm:grid-cols-2">
            <Field field={{ id: "assistant-language" }} label={t("language")}>
              {(aria) => (
                <Select {...aria} name="language" defaultValue={definition.language}>
                  <option value="fr">{t("language.fr")}</option>
                  <option value="en">{t("language.en")}</option>
                </Select>
              )}
            </Field>
            <Field
              field={{ id: "assistant-voice", errors: errors("voice") }}
              label={t("voice")}
              hint={t("voiceHint", { provider: vendor, example: voiceExample(provider) })}
            >
              {(aria) => (
                <Input {...aria} name="voice" maxLength={100} autoComplete="off" defaultValue={definition.voice} />
              )}
            </Field>
          </div>
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 font-medium">{t("functions")}</legend>
            {functions.map((name) => (
              <Checkbox
                key={name}
                name="functions"
                value={name}
                defaultChecked={definition.functions.includes(name)}
                label={functionWord(name)}
              />
            ))}
          </fieldset>
          <Field
            field={{ id: "assistant-transfer", errors: errors("transferTo") }}
            label={t("transferTo")}
            hint={t("transferHint")}
            className="max-w-90"
          >
            {(aria) => (
              <Input
                {...aria}
                name="transferTo"
                type="tel"
                autoComplete="off"
                defaultValue={definition.transferTo}
                placeholder="+33 1 99 00 12 34"
              />
            )}
          </Field>
          {mayWrite ? (
            <Button
              type="submit"
              name="intent"
              value="save"
              variant="primary"
              className="self-start"
              busy={state !== "idle" && formData?.get("intent") === "save"}
            >
              {t("save")}
            </Button>
          ) : null}
        </fieldset>
      </Form>
    </KeepTyping>
  );
}
