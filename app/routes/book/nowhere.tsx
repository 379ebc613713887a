import { useT } from "#app/i18n/react.tsx";

/** A link that is none of ours, or whose appointment is nobody's any more. */
export function Nowhere() {
  const t = useT("booking");
  return (
    <main id="main" className="mx-auto w-full max-w-120 px-5 pt-[max(2.5rem,10vh)] pb-10">
      <title>{t("unknown")}</title>
      <h1 className="mb-2 text-xl font-semibold tracking-[-0.015em] text-balance">{t("unknown")}</h1>
      <p className="text-base text-dim">{t("unknownBody")}</p>
    </main>
  );
}
