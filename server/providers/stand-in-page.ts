import { html } from "hono/html";

/** A page of a stand-in where a person does something at the vendor's, as plain as can be. */
export function standInPage(title: string, content: ReturnType<typeof html>, language = "fr") {
  return html`<!doctype html>
    <html lang="${language}">
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
