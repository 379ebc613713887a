import { Hono, type Context } from "hono";
import type { Config } from "#server/core/config.ts";
import { createCaller } from "#server/trpc/root.ts";
import { refusalAnswer } from "./refusal-answer.ts";
import type { GuichetEnv, ReadViewer } from "./request-context.ts";
import { requestContext } from "./request-context.ts";
import { sendFile } from "./send-file.ts";

/**
 * The bytes of attachments. `/t/:tenant/files/:id` for members of the tenant; `/media/…` for providers that
 * fetch what they were told to send, by a signed address. Stands before the limit of request bodies: an
 * upload is streamed, and its own limit is kept before the first byte is read.
 */
export function fileRoutes(config: Config, readViewer: ReadViewer): Hono<GuichetEnv> {
  const routes = new Hono<GuichetEnv>();
  const callerFor = async (c: Context<GuichetEnv>) => {
    const { context } = await requestContext(c, config, readViewer, c.req.param("tenant") ?? null);
    return createCaller(context).attachments;
  };

  routes.get("/t/:tenant/files/:id", async (c) =>
    refusing(c, async () => sendFile(c, await (await callerFor(c)).find({ attachmentId: c.req.param("id") }))),
  );

  routes.post("/t/:tenant/files", async (c) =>
    refusing(c, async () => {
      const length = c.req.header("content-length");
      if (!length || !c.req.raw.body) return c.json({ error: { code: "invalid", reason: "no_length" } }, 411);
      const uploaded = await (
        await callerFor(c)
      ).upload({
        body: c.req.raw.body,
        bytes: Number(length),
        fileName: c.req.query("name") ?? null,
        declaredType: c.req.header("content-type") ?? null,
      });
      return c.json(uploaded, 201);
    }),
  );

  routes.delete("/t/:tenant/files/:id", async (c) =>
    refusing(c, async () => {
      await (await callerFor(c)).discard({ attachmentId: c.req.param("id") });
      return c.body(null, 204);
    }),
  );

  routes.get("/media/:tenant/:id", async (c) =>
    refusing(c, async () => {
      const signed = { tenantId: c.req.param("tenant"), attachmentId: c.req.param("id") };
      const asked = { ...signed, until: Number(c.req.query("until")), sig: c.req.query("sig") ?? "" };
      return sendFile(c, await (await callerFor(c)).findSigned(asked));
    }),
  );
  return routes;
}

async function refusing(c: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    return refusalAnswer(c, error);
  }
}
