import type { ComponentProps } from "react";

import { Input, Select, Textarea } from "#app/ui/inputs.tsx";

import type { Credential } from "./credentials-form.tsx";

interface CredentialInputProps extends Omit<ComponentProps<"input">, "size" | "defaultValue"> {
  credential: Credential;
  defaultValue: string | undefined;
  wordsOf: (option: string) => string;
}

/** The control of one credential: a choice, several lines, a secret or a line of text. */
export function CredentialInput({ credential, wordsOf, placeholder, ...rest }: CredentialInputProps) {
  const { id, name, defaultValue, "aria-invalid": invalid, "aria-describedby": describedBy } = rest;
  const shared = { id, name, defaultValue, "aria-invalid": invalid, "aria-describedby": describedBy };
  if (credential.options) {
    return (
      <Select {...shared} className="max-w-90">
        {credential.options.map((option) => (
          <option key={option} value={option}>
            {wordsOf(option)}
          </option>
        ))}
      </Select>
    );
  }
  const plain = { placeholder, autoComplete: "off", spellCheck: false, className: "font-mono" };
  if (credential.multiline) return <Textarea {...shared} {...plain} rows={4} />;
  const secret = credential.secret ? { type: "password", autoComplete: "new-password" } : {};
  return <Input {...shared} {...plain} {...secret} />;
}
