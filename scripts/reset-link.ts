import { connect } from "#db/client.ts";
import { runCommand, withTarget } from "#db/target.ts";
import { useAppPool } from "#db/tenant.ts";
import { findPerson, issuePasswordReset, useAuthPool } from "#server/auth/index.ts";
import { systemClock } from "#server/core/clock.ts";

/**
 * `npm run reset-link -- EMAIL`: a link with which a person sets a new password, for whoever operates the
 * machine. Owners make such links in Settings › Members, but not for people who work elsewhere too.
 */
await runCommand(async () => {
  const [email] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
  if (!email) throw new Error("which person? npm run reset-link -- EMAIL");
  await withTarget(async ({ appUrl }) => {
    const app = connect({ url: appUrl, max: 1 });
    const auth = connect({ url: appUrl, max: 2, role: "guichet_auth" });
    useAppPool(app);
    useAuthPool(auth);
    try {
      const person = await findPerson(email.trim().toLowerCase());
      if (!person) throw new Error(`nobody has the email ${email}`);
      const { token, expiresAt } = await issuePasswordReset(person.userId, systemClock);
      const origin = process.env.PUBLIC_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
      process.stdout.write(`${origin}/reset/${token}\nfor ${person.name}, once, until ${expiresAt.toISOString()}\n`);
    } finally {
      await Promise.all([app.end(), auth.end()]);
    }
  });
});
