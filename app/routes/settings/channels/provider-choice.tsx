import { useT } from "#app/i18n/react.tsx";
import { ChannelIcon, type ChannelKind } from "#app/ui/channel-icon.tsx";

import { wordsFor } from "./words.ts";

/** What an owner wants to connect, and who can carry it. A provider that is named nowhere stands under the last. */
const groups = [
  { key: "whatsapp", providers: ["whatsapp"] },
  { key: "instagram", providers: ["instagram"] },
  { key: "number", providers: ["twilio"] },
  { key: "mailbox", providers: ["email"] },
  { key: "mailService", providers: ["sendgrid", "mailgun", "postmark", "ses"] },
  { key: "voiceAgent", providers: ["vapi", "retell"] },
  { key: "other", providers: [] },
] as const;

interface Choice {
  provider: string;
  channelType: ChannelKind;
}

/** Every provider, under what it is good for. */
export function ProviderChoice({ name, choices, chosen }: { name: string; choices: Choice[]; chosen: string }) {
  const t = useT("channels");
  const groupOf = ({ provider }: Choice) =>
    groups.find(({ providers }) => (providers as readonly string[]).includes(provider))?.key ?? "other";
  const shown = groups.map(({ key }) => ({ key, members: choices.filter((choice) => groupOf(choice) === key) }));
  return (
    <fieldset>
      <legend className="mb-3 text-base font-semibold">{t("chooseTitle")}</legend>
      <div className="grid gap-x-3 gap-y-5 sm:grid-cols-2">
        {shown
          .filter(({ members }) => members.length > 0)
          .map(({ key, members }) => (
            <div
              key={key}
              role="group"
              aria-labelledby={`group-${key}`}
              className={members.length > 1 ? "sm:col-span-2" : undefined}
            >
              <h2 id={`group-${key}`} className="mb-1.5 text-xs font-medium text-dim">
                {t(`group.${key}`)}
              </h2>
              <div className={members.length > 1 ? "grid gap-3 sm:grid-cols-2" : "grid"}>
                {members.map((choice) => (
                  <ProviderCard
                    key={choice.provider}
                    name={name}
                    choice={choice}
                    checked={choice.provider === chosen}
                  />
                ))}
              </div>
            </div>
          ))}
      </div>
    </fieldset>
  );
}

function ProviderCard({ name, choice, checked }: { name: string; choice: Choice; checked: boolean }) {
  const t = useT("channels");
  const { provider, channelType } = choice;
  return (
    <label className="grid h-full cursor-pointer grid-cols-[auto_minmax(0,1fr)] content-start gap-x-3 gap-y-1 rounded-xl border border-line p-4 has-checked:border-accent has-checked:bg-active">
      <input type="radio" name={name} value={provider} defaultChecked={checked} required className="check mt-0.5" />
      <span className="flex items-center gap-2 font-semibold">
        <ChannelIcon kind={channelType} />
        {wordsFor(t, `provider.${provider}`)}
      </span>
      <span className="col-start-2 text-dim">{wordsFor(t, `provider.${provider}.body`)}</span>
    </label>
  );
}
