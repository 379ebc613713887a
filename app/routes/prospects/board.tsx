import { Form, useSubmit } from "react-router";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useShell } from "#app/shell/shell-data.ts";
import { AddressSelect } from "#app/ui/address-field.tsx";
import { buttonClass } from "#app/ui/button.tsx";

import { BusinessTime } from "../appointments/business-time.tsx";
import type { Route } from "./+types/board";
import { ownerIn } from "./board-address.ts";
import { BoardColumns } from "./board-columns.tsx";
import { NewProspectLink } from "./new-prospect-link.tsx";
import { ProspectTabs } from "./prospect-tabs.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { prospects, members } = context.get(apiContext);
  const ownerId = ownerIn(new URL(request.url).searchParams);
  const [{ columns }, people] = await Promise.all([prospects.board({ ownerId }), members.list()]);
  return {
    columns,
    owner: ownerId === null ? "none" : (ownerId ?? ""),
    members: people.filter(({ status }) => status === "active").map(({ userId, name }) => ({ userId, name })),
  };
}

/** Prospects from first contact to sale, column by column. */
export default function ProspectBoard({ loaderData: { columns, owner, members } }: Route.ComponentProps) {
  const t = useT("prospects");
  useLive(["prospects"]);
  return (
    <BusinessTime>
      <Page fill title={t("title")} actions={<NewProspectLink />} header={<Head owner={owner} members={members} />}>
        <BoardColumns key={owner} owner={owner} columns={columns} />
      </Page>
    </BusinessTime>
  );
}

interface HeadProps {
  owner: string;
  members: readonly { userId: string; name: string }[];
}

function Head({ owner, members }: HeadProps) {
  const t = useT("prospects");
  const submit = useSubmit();
  const { member } = useShell();
  const mineFirst = members.toSorted((a, b) => Number(b.userId === member.userId) - Number(a.userId === member.userId));
  return (
    <>
      <ProspectTabs on="board" />
      <Form
        method="get"
        className="flex items-end gap-2 px-5 py-2.5 max-sm:px-4"
        onChange={(event) => void submit(event.currentTarget)}
      >
        <label className="flex min-w-44 items-center gap-2 text-xs whitespace-nowrap text-faint">
          {t("whose")}
          <AddressSelect name="owner" size="sm" value={owner}>
            <option value="">{t("anyOwner")}</option>
            <option value="none">{t("nobody")}</option>
            {mineFirst.map(({ userId, name }) => (
              <option key={userId} value={userId}>
                {name}
              </option>
            ))}
          </AddressSelect>
        </label>
        <noscript>
          <button type="submit" className={buttonClass({ size: "sm" })}>
            {t("show")}
          </button>
        </noscript>
      </Form>
    </>
  );
}
