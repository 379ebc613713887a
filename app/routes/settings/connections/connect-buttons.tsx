import { Form, useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";

interface ConnectButtonsProps {
  platforms: { platform: "instagram" | "whatsapp"; how: "app" | "simulated" | "off" }[];
}

/** One row a platform: how it is connected, or what the operator has to set up first. */
export function ConnectButtons({ platforms }: ConnectButtonsProps) {
  const t = useT("connections");
  const { state, formData } = useNavigation();
  const busy = state === "idle" ? null : formData?.get("platform");
  return (
    <ul aria-label={t("platforms")} className="divide-y divide-line rounded-xl border border-line bg-raised">
      {platforms.map(({ platform, how }) => (
        <li key={platform} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
          <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-active [&>span]:text-accent">
            <ChannelIcon kind={platform} />
          </span>
          <div className="min-w-52 flex-1">
            <p className="flex items-center gap-2 font-medium">
              {t(`platform.${platform}`)}
              {how === "simulated" ? <Badge title={t("simulatedHint")}>{t("simulated")}</Badge> : null}
            </p>
            <p className="text-dim">{how === "off" ? t(`off.${platform}`) : t(`how.${platform}`)}</p>
          </div>
          {how === "off" ? null : (
            <Form method="post">
              <input type="hidden" name="platform" value={platform} />
              <Button type="submit" name="intent" value="begin" variant="primary" busy={busy === platform}>
                {t(`connect.${platform}`)}
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}
