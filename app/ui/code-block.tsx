import { CopyButton } from "./copy-button.tsx";

interface CodeBlockProps {
  code: string;
  /** What it is, for readers and the copy button. */
  name: string;
  wrap?: boolean;
}

export function CodeBlock({ code, name, wrap = true }: CodeBlockProps) {
  return (
    <div className="relative rounded-lg border border-line bg-sunken">
      <pre
        tabIndex={0}
        role="region"
        aria-label={name}
        className={`max-h-96 overflow-auto rounded-lg p-3 pr-10 font-mono text-xs leading-[1.15rem] text-dim ${wrap ? "break-all whitespace-pre-wrap" : ""}`}
      >
        {code}
      </pre>
      <div className="absolute top-1.5 right-1.5">
        <CopyButton text={code} name={name} small />
      </div>
    </div>
  );
}
