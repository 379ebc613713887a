import type { Context } from "hono";

/** Said plainly, with the page coming back by itself once the database does. */
export function databaseAway(c: Context): Response {
  const headers = { "retry-after": "5" };
  if (!c.req.header("accept")?.includes("text/html")) {
    return c.json({ error: { code: "unavailable", reason: "database_away" } }, 503, headers);
  }
  const french = !c.req.header("accept-language")?.toLowerCase().startsWith("en");
  const [title, words] = french
    ? [
        "Un instant",
        "La base de données ne répond pas pour le moment. Cette page se rouvre toute seule dès son retour.",
      ]
    : ["One moment", "The database does not answer right now. This page opens again by itself when it is back."];
  const page = `<!doctype html><html lang="${french ? "fr" : "en"}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5"><title>${title} · Guichet</title>
<body style="font:16px/1.5 system-ui;margin:20vh auto;max-width:32rem;padding:0 1rem"><h1>${title}</h1><p>${words}</p>`;
  return c.html(page, 503, headers);
}
