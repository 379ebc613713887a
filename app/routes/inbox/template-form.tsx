import { Send } from "lucide-react";
import { useId, useState } from "react";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Input } from "#app/ui/inputs.tsx";

import type { Detail, Template } from "./data.ts";
import { addOutgoing } from "./outgoing-store.ts";
import { fillTemplate, guessValues } from "./template-values.ts";

interface TemplateFormProps {
  template: Template;
  conversation: Detail;
  onSent: () => void;
}

/** The variables of a template, what the customer will read, and the button that sends it. */
export function TemplateForm({ template, conversation, onSent }: TemplateFormProps) {
  const t = useT("inbox");
  const id = useId();
  const { customer } = conversation;
  const firstName = customer.firstName ?? customer.name.split(" ", 1)[0] ?? "";
  const [values, setValues] = useState(() => guessValues(template, firstName));
  const text = fillTemplate(template, values);
  return (
    <form
      method="post"
      className="flex flex-col gap-2.5 border-t border-line px-3 py-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        addOutgoing({
          conversationId: conversation.id,
          note: false,
          text,
          replyTo: null,
          template: { id: template.id, values },
        });
        onSent();
      }}
    >
      <input type="hidden" name="intent" value="template" />
      <input type="hidden" name="templateId" value={template.id} />
      {template.variables.map(({ name, example }) => (
        <div key={name} className="flex flex-col gap-1">
          <label htmlFor={`${id}-${name}`} className="text-xs font-medium">
            {labelOf(name)}
          </label>
          <Input
            id={`${id}-${name}`}
            name={`variable:${name}`}
            size="sm"
            required
            maxLength={1024}
            value={values[name] ?? ""}
            placeholder={example ? t("template.example", { example }) : undefined}
            onChange={({ currentTarget }) => setValues((before) => ({ ...before, [name]: currentTarget.value }))}
          />
        </div>
      ))}
      <div>
        <p className="text-2xs text-faint">{t("template.preview")}</p>
        <p className="bubble bubble-out mt-1 ml-0 whitespace-pre-wrap">{text}</p>
      </div>
      <Button type="submit" variant="primary" className="self-end" icon={<Send size={14} aria-hidden />}>
        {t("template.send")}
      </Button>
    </form>
  );

  function labelOf(name: string): string {
    if (/^\d+$/.test(name)) return t("template.numbered", { number: name });
    if (name.startsWith("button.")) return t("template.button");
    if (/^header\.(?:image|video|document)$/.test(name)) return t("template.link");
    return name.replace("header.", "").replaceAll("_", " ");
  }
}
