import { Form, useLocation, useNavigation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

interface RetentionConfirmProps {
  asks: { days: number; from: Date; events: number; posts: number };
}

/** What a shorter term removes, in numbers, before anything is saved. */
export function RetentionConfirm({ asks: { days, from, events, posts } }: RetentionConfirmProps) {
  const t = useT("logs");
  const format = useFormat();
  const { pathname } = useLocation();
  const busy = useNavigation().state === "submitting";
  return (
    <Form method="post" className="flex flex-col gap-4">
      <Banner tone="warn" role="alert">
        <p className="font-semibold">{t("retentionAsks", { count: days })}</p>
        <ul className="my-1 list-disc pl-4">
          {events > 0 ? <li>{t("retentionEvents", { count: events, from: format.date(from) })}</li> : null}
          {posts > 0 ? <li>{t("retentionPosts", { count: posts })}</li> : null}
        </ul>
        <p>{t("retentionNoReturn")}</p>
      </Banner>
      <input type="hidden" name="days" value={days} />
      <div className="flex flex-wrap gap-2">
        <LinkButton to={pathname}>{t("retentionCancel")}</LinkButton>
        <Button type="submit" name="confirmed" value={String(days)} variant="danger" busy={busy}>
          {t("retentionConfirm", { count: days })}
        </Button>
      </div>
    </Form>
  );
}
