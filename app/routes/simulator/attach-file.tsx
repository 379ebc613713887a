import { Paperclip, X } from "lucide-react";
import { useRef, useState } from "react";

import { useT } from "#app/i18n/react.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";

/** A button that lets one file go along with the form it stands in. Begun anew, by its key, once that was sent. */
export function AttachFile() {
  const t = useT("simulator");
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const clear = () => {
    if (input.current) input.current.value = "";
    setName("");
  };
  return (
    <>
      <label
        className="btn btn-quiet btn-icon size-9! shrink-0 cursor-pointer rounded-full! has-focus-visible:outline-2"
        data-tip={t("attach")}
      >
        <Paperclip size={16} aria-hidden />
        <span className="sr-only">{t("attach")}</span>
        <input
          ref={input}
          type="file"
          name="file"
          className="sr-only"
          onChange={(event) => setName(event.currentTarget.files?.[0]?.name ?? "")}
        />
      </label>
      {name ? (
        <p className="order-first flex w-full items-center gap-1 text-xs text-dim">
          <span className="truncate">{name}</span>
          <IconButton size="sm" label={t("detach", { name })} icon={<X size={12} aria-hidden />} onClick={clear} />
        </p>
      ) : null}
    </>
  );
}
