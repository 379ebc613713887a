import { Form, Link, useNavigation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button, type ButtonVariant } from "#app/ui/button.tsx";

import { standingOf } from "../connections/standing.ts";
import type { ChannelPanels } from "./channel-settings.tsx";

type SignIn = NonNullable<ChannelPanels["signIn"]>;

/** Where a provider offers a sign-in: the account that the token comes from, or the way to take one from there. */
export function SignInPanel({ channelId, signIn }: { channelId: string; signIn: SignIn }) {
  const t = useT("connections");
  const format = useFormat();
  const to = useTenantPath();
  const { platform, simulated, connection } = signIn;
  const standing = connection && standingOf(connection);
  const lives = standing === "active";
  return (
    <div className="mb-5 flex flex-col gap-2 rounded-xl border border-line bg-raised p-4">
      {connection && standing ? (
        <>
          <p>
            {t("channelOf", { account: connection.accountName ?? t("unnamed") })}{" "}
            <Badge tone={lives ? "ok" : "bad"}>{t(`status.${standing}`)}</Badge>
          </p>
          <p className="text-dim">
            {standing !== "active"
              ? t(`lost.${standing}`)
              : connection.expiresAt
                ? t("ends", { date: format.date(connection.expiresAt) })
                : t("endless")}
          </p>
        </>
      ) : (
        <>
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {t("channelFree")}
            {simulated ? <Badge title={t("simulatedHint")}>{t("simulated")}</Badge> : null}
          </p>
          <p className="text-dim">{t("channelFreeHint")}</p>
        </>
      )}
      <div className="mt-1 flex flex-wrap items-center gap-3">
        <SignInButton channelId={channelId} platform={platform} variant={lives ? "plain" : "primary"}>
          {t(connection ? "reconnect" : `connect.${platform}`)}
        </SignInButton>
        {connection ? (
          <Link to={to("settings/connections")} className="link">
            {t("title")}
          </Link>
        ) : null}
      </div>
    </div>
  );
}

interface SignInButtonProps {
  channelId: string;
  platform: SignIn["platform"];
  variant: ButtonVariant;
  children: string;
}

/** Leaves for the platform's page; the browser comes back to the channel. */
export function SignInButton({ channelId, platform, variant, children }: SignInButtonProps) {
  const to = useTenantPath();
  const { formAction } = useNavigation();
  const action = to("settings/connections");
  return (
    <Form method="post" action={action}>
      <input type="hidden" name="channelId" value={channelId} />
      <input type="hidden" name="platform" value={platform} />
      <Button type="submit" name="intent" value="begin" size="sm" variant={variant} busy={formAction === action}>
        {children}
      </Button>
    </Form>
  );
}
