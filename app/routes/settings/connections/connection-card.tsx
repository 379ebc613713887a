import type { ReactNode } from "react";
import { Form, Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { useNow } from "#app/ui/now.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { Tone } from "#app/ui/tone.ts";

import type { Route } from "./+types/list";
import { standingOf, type Standing } from "./standing.ts";

type Connection = Route.ComponentProps["loaderData"]["list"][number];

const tones: Record<Standing, Tone> = { active: "ok", expired: "warn", revoked: "bad", disconnected: "neutral" };
/** Renewal is tried for two weeks; when one is left it is worth a word. */
const soonMs = 7 * 86_400_000;

/** One connected account: what it is, whether it still holds, what lives of it, and what can be done. */
export function ConnectionCard({ connection, leaving }: { connection: Connection; leaving: boolean }) {
  const t = useT("connections");
  const mayWrite = useCan("channels.write");
  const { platform, choices, accountName, accountTitle, simulated } = connection;
  const standing = standingOf(connection);
  const name = accountName && platform === "instagram" ? `@${accountName.replace(/^@/, "")}` : accountName;
  return (
    <li className="rounded-xl border border-line bg-raised">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 p-4">
        <span className="grid size-9 shrink-0 place-items-center rounded-lg bg-active [&>span]:text-accent">
          <ChannelIcon kind={platform} />
        </span>
        <div className="min-w-40 flex-1">
          <h2 className="truncate text-base font-semibold">{name ?? t("unnamed")}</h2>
          <p className="truncate text-dim">{[t(`platform.${platform}`), accountTitle].filter(Boolean).join(" · ")}</p>
        </div>
        <span className="flex flex-wrap items-center gap-2">
          {simulated ? <Badge title={t("simulatedHint")}>{t("simulated")}</Badge> : null}
          <Badge tone={choices.length > 0 ? "warn" : tones[standing]}>
            {choices.length > 0 ? t("status.choosing") : t(`status.${standing}`)}
          </Badge>
        </span>
      </div>
      <div className="flex flex-col gap-3 px-4 pb-4">
        {choices.length > 0 ? <Choices connection={connection} /> : <State connection={connection} />}
        {mayWrite ? leaving ? <Leaving connection={connection} /> : <Actions connection={connection} /> : null}
      </div>
    </li>
  );
}

function State({ connection }: { connection: Connection }) {
  const t = useT("connections");
  const format = useFormat();
  const to = useTenantPath();
  const now = useNow();
  const { status, expiresAt, lastSyncAt, lastError, channels } = connection;
  const standing = standingOf(connection);
  const soon = expiresAt !== null && expiresAt.getTime() - now < soonMs;
  return (
    <>
      {standing === "active" ? null : (
        <Banner tone={standing === "disconnected" ? "info" : standing === "expired" ? "warn" : "bad"}>
          <p>{t(`lost.${standing}`)}</p>
          <p className="text-dim">{channels.length > 0 ? t("lostTodo", { count: channels.length }) : t("lostAlone")}</p>
        </Banner>
      )}
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
        <Line name={t("expiry")}>
          {status !== "active" ? (
            t("over")
          ) : expiresAt ? (
            <span className={soon ? "text-warn" : undefined}>
              {t(soon ? "endsSoon" : "ends", { date: format.date(expiresAt) })}
            </span>
          ) : (
            t("endless")
          )}
        </Line>
        <Line name={t("lastSync")}>{lastSyncAt ? <RelativeTime at={lastSyncAt} /> : t("never")}</Line>
        <Line name={t("channels")}>
          {channels.length === 0
            ? t("noChannel")
            : channels.map(({ id, name, blocked }, at) => (
                <span key={id}>
                  {at > 0 ? ", " : ""}
                  <Link to={to(`settings/channels/${id}`)} className="link">
                    {name}
                  </Link>
                  {blocked ? ` (${t("blocked")})` : ""}
                </span>
              ))}
        </Line>
      </dl>
      {lastError ? (
        <details className="text-faint">
          <summary>{t("rawReason")}</summary>
          <code className="font-mono text-2xs">{lastError}</code>
        </details>
      ) : null}
    </>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The sign-in opened several accounts: which one is meant? */
function Choices({ connection: { id, choices } }: { connection: Connection }) {
  const t = useT("connections");
  return (
    <Form method="post" className="flex flex-col gap-3">
      <input type="hidden" name="connectionId" value={id} />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">{t("choose")}</legend>
        {choices.map((choice, at) => (
          <label key={choice.id} className="flex items-center gap-2">
            <input type="radio" name="accountId" value={choice.id} defaultChecked={at === 0} />
            {[choice.name, choice.title].filter(Boolean).join(" · ")}
          </label>
        ))}
      </fieldset>
      <div>
        <Button type="submit" name="intent" value="choose" variant="primary">
          {t("useThis")}
        </Button>
      </div>
    </Form>
  );
}

function Actions({ connection: { id, platform, status, channels, choices } }: { connection: Connection }) {
  const t = useT("connections");
  const lives = status === "active" && choices.length === 0;
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <input type="hidden" name="connectionId" value={id} />
      <input type="hidden" name="platform" value={platform} />
      {lives && channels.length === 0 ? (
        <Button type="submit" name="intent" value="openChannel" variant="primary" size="sm">
          {t("openChannel")}
        </Button>
      ) : null}
      {choices.length > 0 ? null : (
        <Button type="submit" name="intent" value="begin" size="sm" {...(lives ? {} : { variant: "primary" })}>
          {t("reconnect")}
        </Button>
      )}
      {status === "active" ? (
        <LinkButton to={`?disconnect=${id}`} size="sm" preventScrollReset>
          {t("disconnect")}
        </LinkButton>
      ) : null}
    </Form>
  );
}

/** Names what disconnecting does before it is done. */
function Leaving({ connection: { id, platform, channels } }: { connection: Connection }) {
  const t = useT("connections");
  return (
    <Banner tone="warn">
      <p className="font-medium">{t("disconnectTitle")}</p>
      <p className="text-dim">
        {channels.length > 0 ? t(`disconnectEffect.${platform}`, { count: channels.length }) : t("disconnectNoChannel")}
      </p>
      <Form method="post" className="mt-2 flex flex-wrap gap-2">
        <input type="hidden" name="connectionId" value={id} />
        <Button type="submit" name="intent" value="disconnect" variant="danger" size="sm">
          {t("disconnectNow")}
        </Button>
        <LinkButton to="?" size="sm" preventScrollReset>
          {t("keep")}
        </LinkButton>
      </Form>
    </Banner>
  );
}
