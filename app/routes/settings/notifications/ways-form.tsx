import { Form } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";

import { Section } from "../profile/section.tsx";
import type { Route } from "./+types/page";
import { ways as allWays } from "./act-on-notifications.ts";

type Loaded = Route.ComponentProps["loaderData"];

/** Of what one hears, and by which way. */
export function WaysForm({ ways, mails }: Pick<Loaded, "ways" | "mails">) {
  const t = useT("notifications");
  return (
    <Section title={t("of")}>
      <Form method="post" preventScrollReset className="flex flex-col gap-4">
        <table aria-label={t("of")} className="w-full">
          <thead>
            <tr className="text-xs text-dim">
              <th scope="col" className="sr-only">
                {t("of")}
              </th>
              {allWays.map((way) => (
                <th key={way} scope="col" className="w-20 pb-1 font-normal">
                  {t(`way.${way}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ways.map(({ kind, chosen }) => (
              <tr key={kind} className="border-t border-line">
                <th scope="row" className="py-2 pr-2 text-left font-normal">
                  {t(`of.${kind}`)}
                </th>
                {allWays.map((way) => (
                  <td key={way} className="text-center">
                    <Checkbox
                      name={`${kind}-${way}`}
                      value="yes"
                      defaultChecked={chosen[way]}
                      aria-label={`${t(`of.${kind}`)} : ${t(`way.${way}`)}`}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="text-xs text-faint">{t(mails === "none" ? "mailNone" : "mailHint")}</p>
        <div>
          <Button type="submit" name="intent" value="ways">
            {t("save")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
