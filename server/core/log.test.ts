import { expect, test } from "vitest";
import { log } from "./log.ts";

test("a failed statement is logged without its parameters", () => {
  const cause = Object.assign(new Error("duplicate key"), { code: "23505" });
  const failed = Object.assign(new Error("Failed query: insert\nparams: +33639980001,mot de passe", { cause }), {
    query: "insert",
    params: ["+33639980001"],
  });
  const serializer = log[Symbol.for("pino.serializers") as never] as { err(error: unknown): unknown };
  const logged = serializer.err(failed);
  expect(logged).toMatchObject({
    message: "duplicate key",
    code: "23505",
    stack: expect.stringContaining("log.test.ts"),
  });
  expect(JSON.stringify(logged)).not.toMatch(/33639980001|mot de passe/);
});
