import { Link, useFetcher } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { Field } from "#app/ui/field.tsx";
import { Input, Select, Textarea } from "#app/ui/inputs.tsx";

import { handlings, type Voice } from "./voice-values.ts";

export interface VoiceAgent {
  id: string;
  name: string;
  /** The number that is rung; an agent without one cannot be handed a call. */
  address: string | null;
}

/** What a caller meets: the greeting, who is rung, and the voicemail where nobody answers. */
export function VoiceForm({ voice, agents }: { voice: Voice | null; agents: readonly VoiceAgent[] }) {
  const t = useT("channels");
  const fetcher = useFetcher<{ done?: boolean }>();
  const error = (name: string) => refusedIn(fetcher.data)?.error?.[`voice.${name}`] ?? undefined;
  const handling = voice?.handling ?? "voicemail";
  return (
    <fetcher.Form method="post" className="group/voice flex flex-col gap-5">
      <input type="hidden" name="intent" value="voice" />
      <Checkbox name="answers" defaultChecked={voice !== null} label={t("voiceOn")} hint={t("voiceOffHint")} />
      <div className="hidden flex-col gap-5 group-has-[[name=answers]:checked]/voice:flex">
        <Field
          field={{ id: "voice-greeting", errors: error("greeting") }}
          label={t("voiceGreeting")}
          hint={t("voiceGreetingHint")}
        >
          {(aria) => (
            <Textarea
              {...aria}
              name="greeting"
              rows={2}
              maxLength={500}
              defaultValue={voice?.greeting ?? ""}
              placeholder={t("voiceGreetingExample")}
            />
          )}
        </Field>
        <Field field={{ id: "voice-language" }} label={t("voiceLanguage")} className="max-w-90">
          {(aria) => (
            <Select {...aria} name="language" defaultValue={voice?.language}>
              <option value="fr">{t("voiceLanguage.fr")}</option>
              <option value="en">{t("voiceLanguage.en")}</option>
            </Select>
          )}
        </Field>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium">{t("voiceThen")}</legend>
          {handlings.map((one) => (
            <Checkbox
              key={one}
              type="radio"
              name="handling"
              value={one}
              defaultChecked={one === handling}
              label={t(`voiceThen.${one}`)}
            />
          ))}
        </fieldset>
        <Field
          field={{ id: "voice-forward", errors: error("forwardTo") }}
          label={t("voiceForwardTo")}
          className="hidden max-w-90 group-has-[[name=handling][value=forward]:checked]/voice:flex"
        >
          {(aria) => (
            <Input
              {...aria}
              name="forwardTo"
              type="tel"
              autoComplete="off"
              defaultValue={voice?.forwardTo ?? ""}
              placeholder="+33 1 99 00 12 34"
            />
          )}
        </Field>
        <AgentField agents={agents} chosen={voice?.voiceChannelId ?? ""} errors={error("voiceChannelId")} />
        <div className="group-has-[[name=handling][value=voicemail]:checked]/voice:hidden">
          <Checkbox name="voicemail" defaultChecked={voice?.voicemail ?? true} label={t("voicemail")} />
        </div>
      </div>
      <div className="flex items-center gap-3">
        <Button type="submit" busy={fetcher.state !== "idle"}>
          {t("saveRouting")}
        </Button>
        <span role="status" className="text-dim">
          {fetcher.data?.done ? t("saved") : ""}
        </span>
      </div>
    </fetcher.Form>
  );
}

interface AgentFieldProps {
  agents: readonly VoiceAgent[];
  chosen: string;
  errors: readonly string[] | undefined;
}

function AgentField({ agents, chosen, errors }: AgentFieldProps) {
  const t = useT("channels");
  const format = useFormat();
  const to = useTenantPath();
  const shown = "hidden max-w-90 group-has-[[name=handling][value=voice_agent]:checked]/voice:flex";
  if (agents.length === 0) {
    return (
      <p className={`${shown} flex-col text-dim`}>
        {t("voiceAgentNone")}
        <Link className="link self-start" to={to("settings/channels/new?provider=vapi")}>
          {t("connect")}
        </Link>
      </p>
    );
  }
  return (
    <Field field={{ id: "voice-agent", errors }} label={t("voiceAgent")} hint={t("voiceAgentHint")} className={shown}>
      {(aria) => (
        <Select {...aria} name="voiceChannelId" defaultValue={chosen}>
          <option value="">{t("voiceNoAgent")}</option>
          {agents.map(({ id, name, address }) => (
            <option key={id} value={id}>
              {address ? `${name} · ${format.phone(address)}` : name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
