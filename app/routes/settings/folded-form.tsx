import type { ReactNode } from "react";
import { useNavigation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { PostForm, type PostedForm } from "#app/ui/post-form.tsx";

interface FoldedFormProps {
  form: PostedForm;
  name: string;
  icon?: ReactNode;
  /** What it is about, or how it stands, in a few words. */
  about: ReactNode;
  /** Whether it happens, and the words for that and for the box that says so. */
  enabled: boolean;
  state: string;
  enable: string;
  isRefused: boolean;
  /** Words of the button for those who do not see where it stands. */
  saveLabel: string;
  children: ReactNode;
}

/** One of several things that a business switches on and words: folded away until somebody works on it. */
export function FoldedForm(props: FoldedFormProps) {
  const { form, name, icon, about, enabled, state, enable, isRefused, saveLabel, children } = props;
  const ui = useT("ui");
  const navigation = useNavigation();
  return (
    <details open={isRefused} className="rounded-lg border border-line bg-raised">
      <summary className="flex cursor-pointer items-center gap-x-3 px-4 py-3">
        {icon}
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-1">
          <span className="font-medium">{name}</span>
          <span className="text-xs text-dim">{about}</span>
        </span>
        <span className="flex-none">
          <Badge tone={enabled ? "ok" : "neutral"}>{state}</Badge>
        </span>
      </summary>
      <PostForm
        form={form}
        preventScrollReset
        aria-label={name}
        className="flex flex-col gap-4 border-t border-line px-4 py-4"
      >
        <Checkbox name="enabled" value="yes" label={enable} defaultChecked={enabled} />
        {children}
        <Button
          type="submit"
          variant="primary"
          busy={navigation.state !== "idle"}
          aria-label={saveLabel}
          className="self-start"
        >
          {ui("save")}
        </Button>
      </PostForm>
    </details>
  );
}
