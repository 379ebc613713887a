import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { useT } from "#app/i18n/react.tsx";

import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

interface CopyButtonProps {
  text: string;
  /** What is copied: "the webhook URL". */
  name: string;
  /** Only the icon. */
  small?: boolean;
}

export function CopyButton({ text, name, small = false }: CopyButtonProps) {
  const t = useT("ui");
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const icon = copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />;
  return (
    <>
      {small ? (
        <IconButton size="sm" label={copied ? t("copied") : t("copyNamed", { name })} icon={icon} onClick={copy} />
      ) : (
        <Button size="sm" icon={icon} onClick={copy} aria-label={t("copyNamed", { name })}>
          {copied ? t("copied") : t("copy")}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? t("copied") : ""}
      </span>
    </>
  );
}
