import { defineConfig } from "drizzle-kit";

/** `npm run db:generate -- name` calls drizzle-kit with this and moves what it writes. */
export default defineConfig({
  dialect: "postgresql",
  schema: "./db/schema/*.ts",
  out: "./.cache/drizzle",
});
