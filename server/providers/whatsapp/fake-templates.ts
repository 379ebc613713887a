import type { JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import type { TemplateRequest } from "./fake-requests.ts";
import { namesIn, variablesOf } from "./template-variables.ts";

/** Meta's code for what is wrong with a template send. */
type Refusal = 132000 | 132001 | 132015;

/** What the phone shows of a template. */
export interface ShownTemplate {
  text: string;
  buttons: string[];
}

/** The templates that every account of the stand-in begins with. */
export function seededTemplates(): JsonObject[] {
  return [
    approved("rendez_vous_confirme", "fr", "UTILITY", {
      body: "Bonjour {{1}}, votre rendez-vous du {{2}} est confirmé. À bientôt !",
      example: ["Camille", "mardi 24 novembre à 14 h"],
      buttons: [{ type: "QUICK_REPLY", text: "Déplacer" }],
    }),
    approved("appointment_confirmed", "en", "UTILITY", {
      body: "Hello {{1}}, your appointment on {{2}} is confirmed. See you soon!",
      example: ["Camille", "Tuesday 24 November at 2 pm"],
      buttons: [{ type: "QUICK_REPLY", text: "Reschedule" }],
    }),
    approved("reprendre_contact", "fr", "UTILITY", {
      header: "Votre demande",
      body: "Bonjour {{first_name}}, nous avons une réponse à votre demande. Répondez à ce message pour la recevoir.",
      named: { first_name: "Camille" },
      footer: "Répondez STOP pour ne plus recevoir de messages",
    }),
    approved("commande_prete", "fr", "UTILITY", {
      body: "Votre commande {{1}} est prête à être retirée.",
      example: ["A-1042"],
      buttons: [{ type: "URL", text: "Voir la commande", url: "https://boutique.example/commandes/{{1}}" }],
    }),
    {
      ...approved("offre_hiver", "fr", "MARKETING", { body: "{{1}}{{2}} : profitez-en !", example: ["-20 %", "ici"] }),
      status: "REJECTED",
      rejected_reason: "INVALID_FORMAT",
    },
    {
      ...approved("enquete_satisfaction", "fr", "UTILITY", { body: "Êtes-vous satisfait de notre réponse ?" }),
      status: "PENDING",
    },
  ];
}

/** The definition that a send names; the code that Meta refuses it with where there is none to send. */
export function findTemplate(templates: readonly JsonObject[], request: TemplateRequest): JsonObject | Refusal {
  const definition = templates.find(
    (one) => firstText(one, "name") === request.name && firstText(one, "language") === request.language.code,
  );
  if (!definition) return 132001;
  const status = firstText(definition, "status");
  if (status === "PAUSED") return 132015;
  if (status !== "APPROVED") return 132001;
  const wanted = new Set(variablesOf(definition).map(({ name }) => name));
  const given = namesOf(request);
  return wanted.size === given.length && given.every((name) => wanted.has(name)) ? definition : 132000;
}

/** A template with its variables filled in, as the customer reads it. */
export function showTemplate(definition: JsonObject, request: TemplateRequest): ShownTemplate {
  const parts = listOf(definition.components).map(objectOf);
  const shown = (type: string) => {
    const text = firstText(parts.find((part) => firstText(part, "type") === type) ?? null, "text");
    const sent = request.components?.find((component) => component.type === type.toLowerCase());
    const values = new Map(
      (sent?.parameters ?? []).map((one, at) => [one.parameter_name ?? String(at + 1), one.text ?? ""] as const),
    );
    return text?.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole) ?? null;
  };
  const buttons = parts.find((part) => firstText(part, "type") === "BUTTONS")?.buttons;
  return {
    text: [shown("HEADER"), shown("BODY"), shown("FOOTER")].filter(Boolean).join("\n\n"),
    buttons: listOf(buttons).flatMap((button) => firstText(objectOf(button), "text") ?? []),
  };
}

/** The names of the variables that a request fills, as {@link variablesOf} writes them. */
function namesOf(request: TemplateRequest): string[] {
  return (request.components ?? []).flatMap(({ type, index, parameters }) => {
    if (type === "button") return [`button.${index ?? ""}`];
    const prefix = type === "header" ? "header." : "";
    return parameters.map((one, at) =>
      one.type === "text" ? `${prefix}${one.parameter_name ?? at + 1}` : `${prefix}${one.type}`,
    );
  });
}

interface Parts {
  header?: string;
  body: string;
  example?: string[];
  named?: Record<string, string>;
  footer?: string;
  buttons?: JsonObject[];
}

function approved(name: string, language: string, category: string, parts: Parts): JsonObject {
  const { header, body, example, named, footer, buttons } = parts;
  const params = Object.entries(named ?? {}).map(([param, value]) => ({ param_name: param, example: value }));
  return {
    id: String(900_000_000_000 + [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e9, 7)),
    name,
    language,
    category,
    status: "APPROVED",
    parameter_format: namesIn(body).some((word) => /\D/.test(word)) ? "NAMED" : "POSITIONAL",
    quality_score: { score: "GREEN" },
    components: [
      ...(header ? [{ type: "HEADER", format: "TEXT", text: header }] : []),
      {
        type: "BODY",
        text: body,
        ...(example ? { example: { body_text: [example] } } : {}),
        ...(named ? { example: { body_text_named_params: params } } : {}),
      },
      ...(footer ? [{ type: "FOOTER", text: footer }] : []),
      ...(buttons ? [{ type: "BUTTONS", buttons }] : []),
    ],
  };
}
