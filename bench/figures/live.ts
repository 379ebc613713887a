import type { BenchRun } from "../bench-run.ts";
import { openBrowser, signedInContext } from "../browser.ts";
import type { Figure } from "../figure.ts";
import { figure, median } from "../figure.ts";
import { signedMessage } from "../posts.ts";

/** P6, idle: from the provider's post to the agent's screen, in Chromium, on an open inbox. */
export async function live(run: BenchRun): Promise<Figure[]> {
  const browser = await openBrowser();
  try {
    const context = await signedInContext(browser, run.program.url, run.cookies.bench);
    const page = await context.newPage();
    await page.goto(`${run.program.url}/t/bench/inbox?view=open`, { waitUntil: "load" });
    // The live connection opens once the page is idle; the first posts tell that it is there.
    const times: number[] = [];
    // Somebody new in each run: what is left unfinished to one from before is shown instead of their words.
    const phone = `336${String(Date.now()).slice(-8)}`;
    for (let index = 0; index < 45; index++) {
      const text = `P6 ${index} ${Date.now()}`;
      const seen = page.evaluate(
        (wanted) =>
          new Promise<number>((done) => {
            const look = () =>
              document.body.innerText.includes(wanted) &&
              (observer.disconnect(), done(performance.timeOrigin + performance.now()));
            const observer = new MutationObserver(look);
            observer.observe(document.body, { childList: true, subtree: true, characterData: true });
            look();
          }),
        text,
      );
      const sent = performance.timeOrigin + performance.now();
      const post = signedMessage(run.facts.credentials, text, phone);
      const answer = await fetch(`${run.program.url}/webhooks/whatsapp`, { method: "POST", ...post });
      if (!answer.ok) throw new Error(`the post was answered ${answer.status}`);
      times.push((await seen) - sent);
      await new Promise((done) => setTimeout(done, 250));
    }
    const settled = times.slice(5);
    return [
      figure({
        id: "P6.p50",
        label: "webhook to the agent's screen, idle",
        value: median(settled),
        unit: "ms",
        atMost: 50,
      }),
    ];
  } finally {
    await browser.close();
  }
}
