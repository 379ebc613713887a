import type { Template } from "./data.ts";

type Values = Readonly<Record<string, string>>;

/** What the customer reads. What has no value yet stays in braces. */
export function fillTemplate({ header, body, footer }: Template, values: Values): string {
  const fill = (text: string, prefix: string) =>
    text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values[`${prefix}${name}`]?.trim() || whole);
  return [header && fill(header, "header."), fill(body, ""), footer].filter(Boolean).join("\n\n");
}

/** The customer's first name where the template clearly asks for one: by the variable's name, or after a greeting. */
export function guessValues({ body, variables }: Template, firstName: string): Record<string, string> {
  const greeted = /(?:bonjour|bonsoir|salut|ch[eè]re?|hello|hi|hey|dear)[\s,]+\{\{\s*(\w+)\s*\}\}/i.exec(body)?.[1];
  return Object.fromEntries(
    variables.map(({ name }) => [name, name === greeted || named.test(name) ? firstName : ""] as const),
  );
}

const named = /^(?:first_?name|pr[eé]nom|name|nom|customer_?name|client)$/i;

/** Fields of a form that carry the values. */
export function variableFields(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`variable:${name}`, value]));
}

/** Those that hold every word asked for; the most used first. */
export function findTemplates(templates: readonly Template[], query: string): Template[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return templates
    .filter(({ name, body, language }) => {
      const text = `${name.replaceAll("_", " ")} ${name} ${body} ${language}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => b.usageCount - a.usageCount || a.name.localeCompare(b.name));
}
