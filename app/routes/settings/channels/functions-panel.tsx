import { useT } from "#app/i18n/react.tsx";
import { CodeBlock } from "#app/ui/code-block.tsx";

import { useFunctionWord } from "./function-word.ts";

interface FunctionsPanelProps {
  provider: string;
  functions: readonly { name: string; description: string; parameters: Record<string, unknown> }[];
  webhookUrl: string;
}

/** What the voice agent may ask of us during a call, in the form in which its provider's console takes it. */
export function FunctionsPanel({ provider, functions, webhookUrl }: FunctionsPanelProps) {
  const t = useT("calls");
  const functionWord = useFunctionWord();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-dim">{t(provider === "retell" ? "functions.retell" : "functions.vapi")}</p>
      <ul className="flex flex-col gap-2">
        {functions.map(({ name, description, parameters }) => (
          <li key={name}>
            <details className="rounded-lg border border-line px-3 py-2">
              <summary className="cursor-pointer">
                <span className="font-medium">{functionWord(name)}</span>
              </summary>
              <div className="mt-3 flex flex-col gap-3">
                <Value title={t("functions.name")} code={name} />
                <Value title={t("functions.description")} code={description} />
                {provider === "retell" ? <Value title={t("functions.address")} code={webhookUrl} /> : null}
                <Value title={t("functions.parameters")} code={JSON.stringify(parameters, null, 2)} />
              </div>
            </details>
          </li>
        ))}
      </ul>
      <p className="text-xs text-faint">{t("functions.late")}</p>
    </div>
  );
}

function Value({ title, code }: { title: string; code: string }) {
  return (
    <div>
      <p className="mb-1 text-xs text-dim">{title}</p>
      <CodeBlock name={title} code={code} />
    </div>
  );
}
