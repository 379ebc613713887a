import type { JsonObject, OutboundTemplate } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";

/** The template as the send request names it, with a component for each part that has variables. */
export function templateBody({ name, language, variables, definition }: OutboundTemplate): JsonObject {
  const header = variables.filter((one) => one.name.startsWith("header."));
  const buttons = variables.filter((one) => one.name.startsWith("button."));
  const body = variables.filter((one) => !header.includes(one) && !buttons.includes(one));
  const components: JsonObject[] = [
    ...(header.length > 0 ? [{ type: "header", parameters: header.map(headerParameter) }] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body.map(textParameter) }] : []),
    ...buttons.map((one) => buttonComponent(one, definition)),
  ];
  return {
    name,
    language: { policy: "deterministic", code: language },
    ...(components.length > 0 ? { components } : {}),
  };
}

type Variable = OutboundTemplate["variables"][number];

function headerParameter({ name, value }: Variable): JsonObject {
  const part = name.slice("header.".length);
  return part === "image" || part === "video" || part === "document"
    ? { type: part, [part]: { link: value } }
    : textParameter({ name: part, value });
}

/** Numbered variables go by their order, named ones by their name. */
function textParameter({ name, value }: Variable): JsonObject {
  return { type: "text", ...(/^\d+$/.test(name) ? {} : { parameter_name: name }), text: value };
}

function buttonComponent({ name, value }: Variable, definition: JsonObject): JsonObject {
  const index = name.slice("button.".length);
  const component = listOf(definition.components)
    .map(objectOf)
    .find((one) => firstText(one, "type")?.toUpperCase() === "BUTTONS");
  const button = objectOf(listOf(component?.buttons)[Number(index)]);
  const copies = firstText(button, "type")?.toUpperCase() === "COPY_CODE";
  return copies
    ? { type: "button", sub_type: "copy_code", index, parameters: [{ type: "coupon_code", coupon_code: value }] }
    : { type: "button", sub_type: "url", index, parameters: [{ type: "text", text: value }] };
}
