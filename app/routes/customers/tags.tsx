import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Input } from "#app/ui/inputs.tsx";

import { Refused, useCustomerForm } from "./use-customer-form.tsx";

/** The customer's tags; each leads to everybody who carries it. Enter adds what is typed. */
export function Tags({ tags, known }: { tags: string[]; known: string[] }) {
  const t = useT("customers");
  const add = useCustomerForm();
  const remove = useCustomerForm();
  const mayEdit = useCan("customers.write");
  const to = useTenantPath();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (add.data?.ok) form.current?.reset();
  }, [add.data]);
  const leaving = remove.formData?.get("tag");
  return (
    <>
      {tags.length === 0 ? <p className="text-faint">{t("noTags")}</p> : null}
      <remove.Form method="post" className="flex flex-wrap gap-1.5">
        <input type="hidden" name="intent" value="remove-tag" />
        {tags
          .filter((tag) => tag !== leaving)
          .map((tag) => (
            <span key={tag} className="chip">
              <Link
                to={`${to("customers")}?${new URLSearchParams({ tag })}`}
                className="-ml-2.5 inline-flex items-center self-stretch pl-2.5"
              >
                {tag}
              </Link>
              {mayEdit ? (
                <button
                  name="tag"
                  value={tag}
                  className="-mr-1.5 grid size-4.5 place-items-center rounded-full hover:text-fg pointer-coarse:-mr-2.5 pointer-coarse:size-8"
                  aria-label={t("removeTag", { tag })}
                >
                  <X size={12} aria-hidden />
                </button>
              ) : null}
            </span>
          ))}
      </remove.Form>
      {mayEdit ? (
        <add.Form method="post" ref={form}>
          <input type="hidden" name="intent" value="add-tag" />
          <Input
            name="tag"
            size="sm"
            required
            maxLength={60}
            list="known-tags"
            placeholder={t("addTag")}
            aria-label={t("addTag")}
            autoComplete="off"
          />
          <datalist id="known-tags">
            {known
              .filter((tag) => !tags.includes(tag))
              .map((tag) => (
                <option key={tag}>{tag}</option>
              ))}
          </datalist>
        </add.Form>
      ) : null}
      <Refused answer={add.data} />
      <Refused answer={remove.data} />
    </>
  );
}
