import type { ReactNode } from "react";

import { useT } from "#app/i18n/react.tsx";
import { useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { CredentialsForm } from "./credentials-form.tsx";
import type { loader } from "./channel.tsx";
import { RoutingForm } from "./routing-form.tsx";
import { StatePanel } from "./state-panel.tsx";
import { TestPanel } from "./test-panel.tsx";
import { WebhookPanel } from "./webhook-panel.tsx";
import { wordsFor } from "./words.ts";

export type ChannelPanels = Awaited<ReturnType<typeof loader>>;

/** Everything of a channel that is set up: how it is, the test, what follows, its secrets, its end. */
export function ChannelSettings({ channel, address, fields }: ChannelPanels) {
  const t = useT("channels");
  const to = useTenantPath();
  const { simulator } = useShell();
  const { health, lastError, lastWebhookAt, lastOutboundAt } = channel;
  const troubled = health === "action_needed" || health === "degraded" || health === "silent";
  return (
    <>
      {troubled ? (
        <Banner tone={health === "action_needed" ? "bad" : "warn"} className="mt-4">
          {lastError ? wordsFor(t, `error.${lastError.reason}`, "error.handler_error") : t(`healthHint.${health}`)}
          {lastError?.detail ? <p className="mt-0.5 font-mono text-xs text-dim">{lastError.detail}</p> : null}
        </Banner>
      ) : null}
      <Section title={t("facts")}>
        <p className="mb-3">{t(`healthHint.${health}`)}</p>
        <KeyValues
          rows={[
            [t("lastInbound"), lastWebhookAt ? <RelativeTime key="in" at={lastWebhookAt} /> : t("never")],
            [t("lastOutbound"), lastOutboundAt ? <RelativeTime key="out" at={lastOutboundAt} /> : t("never")],
            [t("conversations"), channel.conversations],
          ]}
        />
        <div className="mt-3 flex flex-wrap gap-2">
          <LinkButton size="sm" to={to(`logs?channel=${channel.id}`)}>
            {t("seeLogs")}
          </LinkButton>
          {channel.simulated && simulator ? (
            <LinkButton size="sm" to={`/simulator?line=${channel.id}`}>
              {t("openSimulator")}
            </LinkButton>
          ) : null}
        </div>
      </Section>
      <Section title={t("test")}>
        <TestPanel />
      </Section>
      <Section title={t("routing")}>
        <RoutingForm name={channel.name} autoTicketRule={channel.autoTicketRule} observeMode={channel.observeMode} />
      </Section>
      <Section title={t("webhook")}>
        <WebhookPanel
          provider={channel.provider}
          {...address}
          handshake={channel.provider === "whatsapp"}
          simulated={channel.simulated}
        />
      </Section>
      <Section title={t("credentials")}>
        <CredentialsForm
          provider={channel.provider}
          fields={fields}
          values={channel.values}
          secrets={channel.secrets}
          submit={t("saveCredentials")}
        />
      </Section>
      <Section title={t("status")}>
        <StatePanel
          name={channel.name}
          enabled={channel.enabled}
          configured={channel.configured}
          conversations={channel.conversations}
        />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-6 grid gap-x-8 gap-y-3 border-t border-line pt-6 first:mt-4 md:grid-cols-[11rem_minmax(0,1fr)]">
      <h2 className="text-base font-semibold">{title}</h2>
      <div>{children}</div>
    </section>
  );
}
