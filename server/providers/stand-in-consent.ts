import { html } from "hono/html";

/** A field of a consent page: which of their accounts the owner opens. */
export interface ConsentField {
  name: string;
  label: string;
  value: string;
  /** What the browser accepts, as a regular expression. */
  pattern: string;
}

/** Said here and not in the markup: templates keep their accents in the built program, and the whole file two bytes a letter. */
const words = {
  asks: "demande à accéder à votre compte professionnel.",
  allowed: "Applications et sites web qui ont accès à un compte.",
  takeAway: "Retirer l’accès de",
};

/** The page where the owner of an account allows an app, as plain as can be. */
export function consentPage(
  platform: string,
  { hidden, scopes, fields }: { hidden: Readonly<Record<string, string>>; scopes: string[]; fields: ConsentField[] },
) {
  return page(
    "Autoriser Guichet",
    html`<h1>${platform} (simulateur)</h1>
      <p><strong>Guichet</strong> ${words.asks}</p>
      <ul>
        ${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>
      <form method="post">
        ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        ${fields.map(
          ({ name, label, value, pattern }) =>
            html`<label>${label} <input name="${name}" value="${value}" required pattern="${pattern}" /></label>`,
        )}
        <button name="answer" value="allow">Autoriser</button>
        <button name="answer" value="deny" formnovalidate>Refuser</button>
      </form>`,
  );
}

/** The page of the owner's settings where an app is removed. */
export function permissionsPage(
  platform: string,
  accounts: readonly { id: string; address: string; revoked: boolean }[],
) {
  return page(
    "Applications et sites web",
    html`<h1>${platform} (simulateur)</h1>
      <p>${words.allowed}</p>
      ${accounts.map(
        ({ id, address, revoked }) =>
          html`<form method="post">
            <input type="hidden" name="account" value="${id}" />
            <p><strong>${address}</strong> ${revoked ? "n’autorise plus Guichet" : "autorise Guichet"}</p>
            <button ${revoked ? "disabled" : ""}>${words.takeAway} ${address}</button>
          </form>`,
      )}`,
  );
}

function page(title: string, content: ReturnType<typeof html>) {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          :root {
            color-scheme: light dark;
            font:
              15px/1.5 system-ui,
              sans-serif;
          }
          body {
            max-width: 26rem;
            margin: 10vh auto;
            padding: 0 1.25rem;
          }
          h1 {
            font-size: 1.1rem;
          }
          label {
            display: block;
            margin: 1rem 0;
          }
          input,
          button {
            font: inherit;
            padding: 0.5rem 0.75rem;
          }
          label input {
            box-sizing: border-box;
            display: block;
            width: 100%;
          }
        </style>
      </head>
      <body>
        ${content}
      </body>
    </html>`;
}
