import { Form, useSearchParams, useSubmit } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { ChannelIcon } from "#app/ui/channel-icon.tsx";
import { Select } from "#app/ui/inputs.tsx";

import { addressWords } from "./address-words.ts";
import type { Detail, Person } from "./data.ts";
import { channelKind } from "./data.ts";

interface PersonWaysProps extends Pick<Person, "ways" | "best"> {
  /** The one that is answered by. */
  conversation: Detail;
}

/** By which channel the next reply leaves: the best one unless another is picked, each with what stands against it. */
export function PersonWays({ ways, best, conversation }: PersonWaysProps) {
  const t = useT("inbox");
  const format = useFormat();
  const submit = useSubmit();
  const replies = useCan("conversations.reply");
  const [search] = useSearchParams();
  if (!replies) return null;
  return (
    <Form
      method="get"
      className="flex flex-none flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-xs text-dim max-sm:px-3"
    >
      {search.has("message") ? <input type="hidden" name="message" value={search.get("message") ?? ""} /> : null}
      <label className="flex min-w-0 items-center gap-2 font-medium text-fg">
        <span className="flex-none">{t("person.answerBy")}</span>
        <ChannelIcon kind={channelKind(conversation.channel.type)} />
        <Select
          name="via"
          size="sm"
          className="min-w-0 max-w-80 max-sm:max-w-56"
          value={conversation.id}
          onChange={(event) => void submit(event.currentTarget.form, { preventScrollReset: true, replace: true })}
        >
          {ways.map((way) => (
            <option key={way.conversationId} value={way.conversationId}>
              {[way.channel.name, addressWords(way, format), way.hindrance ? t(`hindrance.${way.hindrance}`) : null]
                .filter(Boolean)
                .join(" · ")}
            </option>
          ))}
        </Select>
      </label>
      <noscript>
        <Button size="sm" type="submit">
          {t("person.choose")}
        </Button>
      </noscript>
      <span className="min-w-0 max-sm:basis-full">{reasonFor({ ways, best, conversation }, t)}</span>
    </Form>
  );
}

function reasonFor({ ways, best, conversation }: PersonWaysProps, t: ReturnType<typeof useT<"inbox">>): string {
  const way = ways.find(({ conversationId }) => conversationId === best);
  if (!way) return t("person.noWay");
  if (way.conversationId !== conversation.id) return t("person.other", { name: way.channel.name });
  return way.hindrance ? t("person.bestTemplate") : t("person.best");
}
