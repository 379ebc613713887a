import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";

import type { ChannelPanels } from "./channel-settings.tsx";
import { CredentialsForm } from "./credentials-form.tsx";
import { RoutingForm } from "./routing-form.tsx";
import { SignInPanel } from "./sign-in-panel.tsx";
import { SetupSteps, stepsOf, type Step } from "./setup-steps.tsx";
import { TestPanel } from "./test-panel.tsx";
import { WebhookPanel } from "./webhook-panel.tsx";

/** Guided set-up, one step at a time; left and picked up where it stood. */
export function SetupGuide(props: ChannelPanels & { now: Step; reached: Step }) {
  const { channel, address, form, colleagues, teams, signIn, now, reached } = props;
  const t = useT("channels");
  const passed = channel.lastTest?.failed.length === 0;
  return (
    <>
      <SetupSteps steps={stepsOf(form)} now={now} reached={reached} />
      <section className="mt-6" aria-label={t(`step.${now}`)}>
        {now === "credentials" ? (
          <>
            {signIn ? <SignInPanel channelId={channel.id} signIn={signIn} /> : null}
            <CredentialsForm
              provider={channel.provider}
              fields={form.fields}
              values={channel.values}
              secrets={channel.secrets}
              submit={t("next")}
            />
          </>
        ) : now === "webhook" ? (
          <>
            <WebhookPanel {...form} {...address} channelType={channel.channelType} simulated={channel.simulated} />
            <Onward intent="webhook" label={t("webhookDone")} />
          </>
        ) : now === "test" ? (
          <>
            <TestPanel
              channelType={channel.channelType}
              sends={form.sends}
              posts={form.addresses.length > 0}
              due={!passed}
            />
            <Onward intent="skip" label={t("next")} leads={passed} />
          </>
        ) : (
          <RoutingForm channel={channel} colleagues={colleagues} teams={teams} finish />
        )}
        <p className="mt-6 text-xs text-faint">{t("later")}</p>
      </section>
    </>
  );
}

interface OnwardProps {
  intent: string;
  label: string;
  /** Whether it is what should be pressed next. */
  leads?: boolean;
}

function Onward({ intent, label, leads = true }: OnwardProps) {
  const { state } = useNavigation();
  return (
    <Form method="post" className="mt-5">
      <Button
        type="submit"
        {...(leads ? { variant: "primary" } : {})}
        name="intent"
        value={intent}
        busy={state === "submitting"}
      >
        {label}
      </Button>
    </Form>
  );
}
