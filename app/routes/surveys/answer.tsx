import { useForm } from "@conform-to/react";
import { data, redirect, useNavigation, useSearchParams } from "react-router";

import { apiContext, refusalOf } from "#app/context.ts";
import { LanguageProvider, useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm, refusedIn } from "#app/shell/answer-form.ts";
import { Letter } from "#app/shell/letter.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

import type { Route } from "./+types/answer";
import { ScoreChoice } from "./score-choice.tsx";

/** What a link asks. Nothing is recorded by opening it, whichever score it names: that is for whoever confirms. */
export async function loader({ params, context }: Route.LoaderArgs) {
  try {
    return { survey: await context.get(apiContext).surveys.open({ token: params.token }) };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal?.reason === "link_expired" || refusal?.code === "invalid")
      return data({ survey: null }, { status: 404 });
    throw thrown;
  }
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const { token } = params;
  return answerForm(await request.formData(), async ({ score, comment = "" }) => {
    await context.get(apiContext).surveys.answer({ token, score: Number(score ?? 0), comment });
    return redirect(`/s/${token}?thanks`);
  });
}

export function headers() {
  return { "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex" };
}

type Survey = NonNullable<Route.ComponentProps["loaderData"]["survey"]>;

/** One question, in the customer's language and the business's name. Works without JavaScript. */
export default function AnswerPage({ loaderData: { survey }, actionData }: Route.ComponentProps) {
  if (!survey) return <Unknown />;
  return (
    <LanguageProvider locale={survey.language}>
      <Letter business={survey.business} language={survey.language} title={survey.question}>
        <Answer survey={survey} refused={refusedIn(actionData)} />
      </Letter>
    </LanguageProvider>
  );
}

function Answer({ survey, refused }: { survey: Survey; refused: ReturnType<typeof refusedIn> }) {
  const t = useT("surveys");
  const format = useFormat();
  const { state } = useNavigation();
  const [query] = useSearchParams();
  const [form, fields] = useForm<{ score: string; comment: string }>({
    id: "answer",
    lastResult: refused,
    defaultValue: { comment: survey.comment ?? "" },
  });
  const { score, until } = survey;
  const thanked = query.has("thanks") && score !== null;
  const chosen = Number(fields.score.initialValue ?? query.get("score") ?? score ?? 0);
  if (!until) {
    return (
      <>
        <h2 className="text-lg font-semibold">{t("answer.over")}</h2>
        <p className="mt-1 text-dim">{score === null ? t("answer.overBody") : t("answer.given", { score })}</p>
      </>
    );
  }
  return (
    <>
      {thanked ? (
        <Banner tone="ok" role="status" className="mb-6">
          <strong className="font-semibold">{t("answer.thanks")}</strong> {t("answer.given", { score })}
        </Banner>
      ) : null}
      <PostForm form={form} className="flex flex-col gap-5">
        <ScoreChoice field={fields.score} names={survey.names} chosen={chosen} />
        <Field
          field={fields.comment}
          label={
            <>
              {t("answer.comment")} <span className="font-normal text-faint">{t("answer.optional")}</span>
            </>
          }
        >
          {(aria) => (
            <Textarea
              {...aria}
              key={fields.comment.key}
              name="comment"
              rows={3}
              maxLength={2000}
              defaultValue={fields.comment.initialValue}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" busy={state === "submitting"} className="self-start max-sm:w-full">
          {t(score === null ? "answer.send" : "answer.change")}
        </Button>
        <p className="text-xs text-faint">{t("answer.until", { date: format.date(until) })}</p>
      </PostForm>
    </>
  );
}

function Unknown() {
  const t = useT("surveys");
  return (
    <Letter business="" language={undefined} title={t("answer.unknown")}>
      <p className="text-dim">{t("answer.unknownBody")}</p>
    </Letter>
  );
}
