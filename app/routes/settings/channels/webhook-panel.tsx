import { useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import type { ChannelKind } from "#app/ui/channel-icon.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { wordsByType } from "./words.ts";

interface WebhookPanelProps {
  provider: string;
  channelType: ChannelKind;
  webhookUrl: string;
  sharedUrl: string;
  /** What is entered at the provider, below the channel's own address. */
  addresses: readonly { name: string; suffix: string }[];
  /** Whether the provider asks for a verify token. */
  handshake: boolean;
  verification: { at: Date; accepted: boolean } | null;
  simulated: boolean;
}

/** What an admin copies into the provider's console. The token is fetched only when it is asked for. */
export function WebhookPanel(props: WebhookPanelProps) {
  const { provider, channelType, webhookUrl, sharedUrl, addresses, handshake, verification, simulated } = props;
  const t = useT("channels");
  const fetcher = useFetcher<{ verifyToken?: string }>();
  const token = fetcher.data?.verifyToken;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-dim">{wordsByType(t, `webhookIntro.${provider}`, channelType)}</p>
      {webhookUrl.startsWith("https:") || simulated ? null : <Banner tone="warn">{t("webhookLocal")}</Banner>}
      {addresses.map(({ name, suffix }, at) => (
        <Value
          key={name}
          name={wordsByType(t, `address.${provider}.${name}`, channelType, "webhookUrl")}
          value={webhookUrl + suffix}
          {...(at === 0 ? { hint: t("webhookUrlHint") } : {})}
        />
      ))}
      {handshake ? (
        token === undefined ? (
          <div>
            <p className="font-medium">{t("verifyToken")}</p>
            <fetcher.Form method="post" className="mt-1 flex items-center gap-3">
              <code className="text-faint">••••••••••••</code>
              <Button type="submit" size="sm" name="intent" value="reveal" busy={fetcher.state !== "idle"}>
                {t("reveal")}
              </Button>
            </fetcher.Form>
            <p className="mt-1 text-xs text-faint">{t("verifyTokenHidden")}</p>
          </div>
        ) : (
          <Value name={t("verifyToken")} value={token} />
        )
      ) : null}
      {handshake ? <Verification verification={verification} /> : null}
      <details>
        <summary className="text-dim">{t("sharedUrl")}</summary>
        <div className="mt-2">
          <Value name={t("sharedUrl")} value={sharedUrl} hint={t("sharedUrlHint")} />
        </div>
      </details>
    </div>
  );
}

/** Whether the provider has asked for the address yet, and knew the token. */
function Verification({ verification }: Pick<WebhookPanelProps, "verification">) {
  const t = useT("channels");
  if (!verification) return <p className="text-xs text-faint">{t("verification.none")}</p>;
  return (
    <Banner tone={verification.accepted ? "ok" : "bad"} role="status">
      {t(verification.accepted ? "verification.accepted" : "verification.refused")}{" "}
      <span className="text-dim">
        <RelativeTime at={verification.at} />
      </span>
    </Banner>
  );
}

function Value({ name, value, hint }: { name: string; value: string; hint?: string }) {
  return (
    <div>
      <p className="font-medium">{name}</p>
      <div className="mt-1 flex items-center gap-2 rounded-lg border border-line bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 font-mono text-xs break-all">{value}</code>
        <CopyButton text={value} name={name} />
      </div>
      {hint ? <p className="mt-1 text-xs text-faint">{hint}</p> : null}
    </div>
  );
}
