import type { JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";

/**
 * Names of what a template leaves open: `1`, `2` or a word in its text, `header.1` in its heading,
 * `header.image` and the like for the link of a heading's file, `button.0` for what a button ends in.
 */
export interface TemplateVariable {
  name: string;
  example: string | null;
}

const mediaFormats = ["image", "video", "document"] as const;

/** The variables of a definition as Meta lists it, in the order a person reads them. */
export function variablesOf(definition: JsonObject): TemplateVariable[] {
  return listOf(definition.components).flatMap((entry) => {
    const component = objectOf(entry);
    switch (firstText(component, "type")?.toUpperCase()) {
      case "HEADER":
        return headerVariables(component);
      case "BODY":
        return textVariables(firstText(component, "text") ?? "", examplesOf(component, "body"), "");
      case "BUTTONS":
        return listOf(component?.buttons).flatMap((button, at) => buttonVariables(objectOf(button), at));
      default:
        return [];
    }
  });
}

/** What stands between two pairs of braces, each once, in order. */
export function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w{1,60})\s*\}\}/g)].map((found) => found[1]!))];
}

function headerVariables(component: JsonObject | null): TemplateVariable[] {
  const format = firstText(component, "format")?.toLowerCase() ?? "text";
  if (format === "text") {
    return textVariables(firstText(component, "text") ?? "", examplesOf(component, "header"), "header.");
  }
  return (mediaFormats as readonly string[]).includes(format) ? [{ name: `header.${format}`, example: null }] : [];
}

function textVariables(text: string, examples: ReadonlyMap<string, string>, prefix: string): TemplateVariable[] {
  return namesIn(text).map((name) => ({ name: `${prefix}${name}`, example: examples.get(name) ?? null }));
}

function buttonVariables(button: JsonObject | null, at: number): TemplateVariable[] {
  const type = firstText(button, "type")?.toUpperCase();
  const open = type === "COPY_CODE" || (type === "URL" && namesIn(firstText(button, "url") ?? "").length > 0);
  const example = firstText(button, "example") ?? firstText({ 0: listOf(button?.example)[0] ?? null }, "0");
  return open ? [{ name: `button.${at}`, example }] : [];
}

/** Examples by variable: a list for numbered ones, a list of names and values for named ones. */
function examplesOf(component: JsonObject | null, part: "header" | "body"): Map<string, string> {
  const example = objectOf(component?.example);
  const numbered = part === "body" ? listOf(listOf(example?.body_text)[0]) : listOf(example?.header_text);
  const named = listOf(example?.[`${part}_text_named_params`]).map(objectOf);
  return new Map([
    ...numbered.map((value, at) => [String(at + 1), String(value)] as const),
    ...named.map((entry) => [firstText(entry, "param_name") ?? "", firstText(entry, "example") ?? ""] as const),
  ]);
}
