/** What a template reads as depends on. */
export interface Readable {
  header: string | null;
  body: string;
  footer: string | null;
  variables: { name: string }[];
}

/** The text that the customer reads. What has no value yet stays as it is written. */
export function renderTemplate(template: Readable, values: Readonly<Record<string, string>>): string {
  const { header, body, footer } = template;
  return [header && fill(header, values, "header."), fill(body, values, ""), footer].filter(Boolean).join("\n\n");
}

/** Variables without a value: nothing is sent before each has one. */
export function missingVariables(template: Readable, values: Readonly<Record<string, string>>): string[] {
  return template.variables.map(({ name }) => name).filter((name) => !values[name]);
}

/** `header.` goes before the names of variables that stand in the heading. */
function fill(text: string, values: Readonly<Record<string, string>>, prefix: string): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values[`${prefix}${name}`] || whole);
}
