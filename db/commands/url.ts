import { embeddedUrls } from "../embedded.ts";
import { embeddedFolder, hasFlag, runCommand } from "../target.ts";

await runCommand(async () => {
  const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = process.env;
  const urls = appUrl ? { appUrl, ownerUrl } : embeddedUrls(embeddedFolder());
  if (!urls) throw new Error("the embedded database does not run: start it with `npm start`");
  const url = hasFlag("owner") ? urls.ownerUrl : urls.appUrl;
  if (!url) throw new Error("DATABASE_OWNER_URL is not set");
  console.log(url);
});
