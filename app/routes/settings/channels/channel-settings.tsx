import type { ReactNode } from "react";
import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { useAlertText } from "./alert-text.tsx";
import type { loader } from "./channel.tsx";
import { CredentialsForm } from "./credentials-form.tsx";
import { EarlierEvents } from "./earlier-events.tsx";
import { FunctionsPanel } from "./functions-panel.tsx";
import { useHealthHint } from "./health-badge.tsx";
import { HoursForm } from "./hours-form.tsx";
import { RoutingForm } from "./routing-form.tsx";
import { SignatureMode } from "./signature-mode.tsx";
import { SignInButton, SignInPanel } from "./sign-in-panel.tsx";
import { StatePanel } from "./state-panel.tsx";
import { TemplatesPanel } from "./templates-panel.tsx";
import { TestPanel } from "./test-panel.tsx";
import { TextSettingForm } from "./text-setting-form.tsx";
import { VoiceForm } from "./voice-form.tsx";
import { WebhookPanel } from "./webhook-panel.tsx";
import { wordsFor } from "./words.ts";

export type ChannelPanels = Awaited<ReturnType<typeof loader>>;

/** Everything of a channel that is set up: how it is, the test, what follows, its secrets, its end. */
export function ChannelSettings(panels: ChannelPanels) {
  const { channel, address, form, colleagues, teams, agents, signIn, templates, functions, refusedLately } = panels;
  const t = useT("channels");
  const to = useTenantPath();
  const [callWords, assistantWords] = [useT("calls"), useT("assistants")];
  const posts = form.addresses.length > 0;
  // A number that only takes calls writes to nobody; what becomes of them is ours to say.
  const takesCalls = form.sends && channel.channelType === "phone";
  const sends = form.sends && !takesCalls;
  return (
    <>
      <Trouble channel={channel} signIn={signIn} />
      <Section title={t("facts")}>
        <Facts channel={channel} writes={sends} />
      </Section>
      <Section title={t("test")}>
        <TestPanel channelType={channel.channelType} sends={sends} posts={posts} />
      </Section>
      <Section title={t(channel.channelType === "phone" ? "routingCalls" : "routing")}>
        <RoutingForm channel={channel} colleagues={colleagues} teams={teams} />
      </Section>
      {takesCalls ? (
        <Section title={t("voice")}>
          <VoiceForm voice={channel.voice} agents={agents} />
        </Section>
      ) : null}
      {sends && channel.channelType !== "email" ? (
        <Section title={t("autoReply")}>
          <TextSettingForm
            name="autoReply"
            value={channel.autoReply}
            label={t("autoReplyText")}
            hint={t("autoReplyIntro")}
            example={t("autoReplyExample")}
            mostCharacters={1000}
          />
        </Section>
      ) : null}
      {sends && channel.channelType === "email" ? (
        <Section title={t("mailSignature")}>
          <TextSettingForm
            name="signature"
            value={channel.mailSignature}
            label={t("mailSignature")}
            hint={t("mailSignatureHint")}
            example={t("mailSignatureExample")}
            mostCharacters={2000}
          />
        </Section>
      ) : null}
      {form.sends ? (
        <Section title={t("hours")}>
          <HoursForm businessHours={channel.businessHours} awayMessage={channel.awayMessage} tellsAway={sends} />
        </Section>
      ) : null}
      {templates ? (
        <Section title={t("messageTemplates")} id="templates">
          <TemplatesPanel page={templates} />
        </Section>
      ) : null}
      {functions ? (
        <Section title={assistantWords("section")}>
          <p className="mb-3 text-dim">{assistantWords("defineBody")}</p>
          <LinkButton size="sm" to={to(`settings/channels/${channel.id}/assistant`)}>
            {assistantWords("define")}
          </LinkButton>
        </Section>
      ) : null}
      {functions ? (
        <Section title={callWords("functions")}>
          <FunctionsPanel provider={channel.provider} functions={functions} webhookUrl={address.webhookUrl} />
        </Section>
      ) : null}
      {posts ? (
        <>
          <Section title={t("webhook")} id="webhook">
            <WebhookPanel {...form} {...address} channelType={channel.channelType} simulated={channel.simulated} />
            <EarlierEvents />
          </Section>
          <Section title={t("signatures")} id="signatures">
            <SignatureMode
              channelId={channel.id}
              channelName={channel.name}
              observes={channel.observeMode}
              refusedLately={refusedLately}
            />
          </Section>
        </>
      ) : null}
      <Section title={t("credentials")} id="credentials">
        {signIn ? <SignInPanel channelId={channel.id} signIn={signIn} /> : null}
        <CredentialsForm
          provider={channel.provider}
          fields={form.fields}
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
          waiting={channel.waiting}
        />
      </Section>
    </>
  );
}

/** What is wrong now, what waits because of it, and the way on. */
function Trouble({ channel, signIn }: Pick<ChannelPanels, "channel" | "signIn">) {
  const t = useT("channels");
  const alertText = useAlertText();
  const { Form, state } = useFetcher();
  const { health, lastError, alerts, sendingBlocked, waiting } = channel;
  const others = alerts.filter((alert) => alert.kind !== "channel_failing");
  const reason = lastError?.reason ?? sendingBlocked;
  const troubled = health === "action_needed" || health === "degraded";
  return (
    <div className="mt-4 flex flex-col gap-2 empty:hidden">
      {troubled ? (
        <Banner tone={health === "action_needed" ? "bad" : "warn"}>
          {reason ? wordsFor(t, `error.${reason}`, "error.handler_error") : t(`healthHint.${health}`)}
          {lastError?.detail ? <p className="mt-0.5 font-mono text-xs text-dim">{lastError.detail}</p> : null}
          {sendingBlocked ? (
            <>
              <p className="mt-1">{t("blocked", { count: waiting })}</p>
              <div className="mt-2 flex flex-wrap gap-2">
                {signIn?.connection ? (
                  <SignInButton channelId={channel.id} platform={signIn.platform} variant="primary">
                    {t("reconnectAccount")}
                  </SignInButton>
                ) : null}
                <a href="#credentials" className="btn btn-sm">
                  {t("replaceCredentials")}
                </a>
                {sendingBlocked === "connection_lost" ? null : (
                  <Form method="post">
                    <Button type="submit" size="sm" name="intent" value="resumeSending" busy={state !== "idle"}>
                      {t("resumeSending")}
                    </Button>
                  </Form>
                )}
              </div>
            </>
          ) : null}
        </Banner>
      ) : null}
      {others.map((alert) => (
        <Banner key={alert.kind} tone={alert.severity === "critical" ? "bad" : "warn"}>
          {alertText(alert)}
        </Banner>
      ))}
    </div>
  );
}

function Facts({ channel, writes }: Pick<ChannelPanels, "channel"> & { writes: boolean }) {
  const t = useT("channels");
  const to = useTenantPath();
  const { simulator } = useShell();
  const hint = useHealthHint();
  const { lastWebhookAt, lastOutboundAt, tokenExpiresAt } = channel;
  return (
    <>
      <p className="mb-3">{hint(channel)}</p>
      <KeyValues
        rows={[
          [t("lastInbound"), lastWebhookAt ? <RelativeTime key="in" at={lastWebhookAt} /> : t("never")],
          // A voice agent's line writes to nobody.
          [
            t("lastOutbound"),
            lastOutboundAt ? <RelativeTime key="out" at={lastOutboundAt} /> : writes ? t("never") : null,
          ],
          ...(tokenExpiresAt ? [[t("tokenExpires"), <RelativeTime key="token" at={tokenExpiresAt} />] as const] : []),
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
    </>
  );
}

function Section({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <section
      id={id}
      className="mt-6 grid gap-x-8 gap-y-3 border-t border-line pt-6 first:mt-4 md:grid-cols-[11rem_minmax(0,1fr)]"
    >
      <h2 className="text-base font-semibold">{title}</h2>
      <div>{children}</div>
    </section>
  );
}
