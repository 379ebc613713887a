import { Hono } from "hono";

/** The inbound edge, mounted at `/webhooks`. */
export const webhookRoutes = new Hono();
