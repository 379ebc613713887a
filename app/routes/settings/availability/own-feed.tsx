import { Form } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { Section } from "#app/ui/section.tsx";

import type { OwnCalendars } from "./member-hours.ts";

/** The secret address of one's own appointments: made, shown, changed and taken back. */
export function OwnFeed({ feed }: { feed: OwnCalendars["feed"] }) {
  const t = useT("calendars");
  const format = useFormat();
  return (
    <Section title={t("feed")} hint={t("feedHint")}>
      {feed ? (
        <div className="flex flex-col gap-1">
          <label htmlFor="feed-address" className="font-medium">
            {t("address")}
          </label>
          <div className="flex items-center gap-2">
            <Input
              id="feed-address"
              readOnly
              value={feed.address}
              aria-describedby="feed-hint"
              className="min-w-0 flex-1 font-mono text-xs"
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={feed.address} name={t("theAddress")} />
          </div>
          <p id="feed-hint" className="text-xs text-faint">
            {t("addressHint")} {t("madeOn", { date: format.date(feed.createdAt) })}
          </p>
        </div>
      ) : null}
      <Form method="post" preventScrollReset className="flex flex-col items-start gap-3">
        <input type="hidden" name="intent" value="publish-feed" />
        <Checkbox
          name="namesCustomers"
          value="on"
          key={String(feed?.namesCustomers)}
          defaultChecked={feed?.namesCustomers ?? false}
          label={t("namesCustomers")}
          hint={t("namesCustomersHint")}
        />
        <Button type="submit" variant={feed ? "plain" : "primary"}>
          {t(feed ? "saveFeed" : "makeFeed")}
        </Button>
      </Form>
      {feed ? (
        <Form method="post" preventScrollReset className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button type="submit" name="intent" value="renew-feed">
            {t("renewFeed")}
          </Button>
          <Button type="submit" name="intent" value="revoke-feed" variant="quiet">
            {t("revokeFeed")}
          </Button>
          <p className="text-xs text-faint">{t("renewHint")}</p>
        </Form>
      ) : null}
    </Section>
  );
}
