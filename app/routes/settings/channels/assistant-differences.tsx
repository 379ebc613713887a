import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Table } from "#app/ui/table.tsx";

import type { Comparison } from "./assistant-data.ts";
import { providerName } from "./assistant-data.ts";
import { useFunctionWord } from "./function-word.ts";

type Read = Extract<Comparison, { state: "read" }>;

/** What the provider has, beside what it would have once it is sent; or why that cannot be told. */
export function AssistantDifferences({ comparison, provider }: { comparison: Comparison; provider: string }) {
  const t = useT("assistants");
  const vendor = { provider: providerName(provider) };
  if (comparison.state !== "read") return <NotRead {...comparison} provider={provider} />;
  return (
    <div className="flex flex-col gap-4">
      {comparison.changedThere ? <Banner tone="warn">{t("changedThere", vendor)}</Banner> : null}
      {comparison.differs ? null : <Banner tone="ok">{t("same", vendor)}</Banner>}
      <Lines comparison={comparison} provider={provider} />
      {comparison.others.length > 0 ? (
        <p className="text-xs text-faint">
          {t("others", { count: comparison.others.length, names: comparison.others.join(", ") })}
        </p>
      ) : null}
      {comparison.differs ? <Send comparison={comparison} provider={provider} /> : null}
    </div>
  );
}

function NotRead({ state, reason, detail, provider }: Exclude<Comparison, Read> & { provider: string }) {
  const t = useT("assistants");
  if (state === "refused") return <RefusedThere reason={reason} detail={detail} provider={provider} />;
  return <Banner tone="warn">{t(state, { provider: providerName(provider) })}</Banner>;
}

const reasons = ["key_rejected", "rate_limited", "cannot_manage", "provider_unreachable"] as const;

/** Why a provider did not take it, and its own words. */
export function RefusedThere({
  reason,
  detail,
  provider,
}: {
  reason: string | null;
  detail: string | null;
  provider: string;
}) {
  const t = useT("assistants");
  const known = reasons.find((one) => one === reason) ?? "provider_refused";
  return (
    <Banner tone="bad">
      {t(`refused.${known}`, { provider: providerName(provider) })}
      {detail ? <p className="mt-0.5 font-mono text-xs break-words text-dim">{detail}</p> : null}
    </Banner>
  );
}

function Lines({ comparison: { lines, functions }, provider }: { comparison: Read; provider: string }) {
  const t = useT("assistants");
  const functionWord = useFunctionWord();
  const vendor = { provider: providerName(provider) };
  const shown = (field: string, value: string) =>
    field === "language" && /^(fr|en)/i.test(value)
      ? t(value.toLowerCase().startsWith("fr") ? "language.fr" : "language.en")
      : value;
  return (
    <>
      <Table label={t("there", vendor)}>
        <thead>
          <tr>
            <th>{t("field")}</th>
            <th>{t("now", vendor)}</th>
            <th>{t("wanted")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ field, there, wanted, differs }) => (
            <tr key={field}>
              <td className="align-top font-medium whitespace-nowrap">{t(field)}</td>
              <td className="align-top">
                {there === "" ? (
                  <span className="text-faint">{t("nothing")}</span>
                ) : differs ? (
                  <del className="whitespace-pre-wrap text-dim decoration-bad">{shown(field, there)}</del>
                ) : (
                  <span className="whitespace-pre-wrap">{shown(field, there)}</span>
                )}
              </td>
              <td className="align-top">
                {differs && wanted !== null ? (
                  <ins className="font-medium whitespace-pre-wrap no-underline">{shown(field, wanted)}</ins>
                ) : (
                  <span className="text-faint">{t("keeps")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {functions.length > 0 ? (
        <section aria-label={t("functionsThere")} className="flex flex-col gap-1.5">
          <h3 className="font-medium">{t("functionsThere")}</h3>
          <ul className="flex flex-col gap-1">
            {functions.map(({ name, change }) => (
              <li key={name} className="flex flex-wrap items-center gap-2">
                {functionWord(name)}
                <Badge tone={tones[change]}>{t(`change.${change}`)}</Badge>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

const tones = { same: "neutral", added: "ok", changed: "info", removed: "bad" } as const;

function Send({ comparison: { number, seen }, provider }: { comparison: Read; provider: string }) {
  const t = useT("assistants");
  const { state, formData } = useNavigation();
  return (
    <Form method="post" className="flex flex-col gap-2">
      <input type="hidden" name="number" value={number} />
      <input type="hidden" name="seen" value={seen} />
      <Button
        type="submit"
        name="intent"
        value="send"
        variant="primary"
        className="self-start"
        busy={state !== "idle" && formData?.get("intent") === "send"}
      >
        {t("send", { provider: providerName(provider) })}
      </Button>
      {provider === "retell" ? <p className="text-xs text-faint">{t("publish")}</p> : null}
    </Form>
  );
}
