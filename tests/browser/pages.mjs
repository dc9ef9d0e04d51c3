// Usage: node pages.mjs FOLDER: every page in it must pass. Prints each failure, and "N passed, N failed" at the end.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = resolve(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let passed = 0;
const failures = [];
function check(what, holds, more = "") {
  if (holds) passed += 1;
  else {
    failures.push(what);
    console.log(`failed: ${what}${more && `: ${more}`}`);
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** Opens a page and hands it on; what it logs as a fault or asks from elsewhere is a failure. */
async function open(file, options, use) {
  const { hash = "", ...context } = options;
  const own = await browser.newContext({ reducedMotion: "reduce", ...context });
  const page = await own.newPage();
  const about = `${file} ${JSON.stringify(options)}`;
  const faults = [];
  const outside = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(pathToFileURL(folder + "/").href) && !url.startsWith("data:")) outside.push(url);
  });
  await page.goto(pathToFileURL(join(folder, file)).href + hash);
  await use(page, about);
  check(`no faults: ${about}`, faults.length === 0, faults.join("; "));
  check(`nothing from elsewhere: ${about}`, outside.length === 0, outside.join(" "));
  await own.close();
}

/** Rows of the first matrix that are shown: their first cell. */
const shown = (page) =>
  page.$$eval(".matrix", ([matrix]) => [...matrix.querySelectorAll("tbody tr")].filter((row) => !row.hidden).map((row) => row.cells[0].innerText));

async function looks(file) {
  for (const width of [1280, 400]) {
    for (const colorScheme of ["light", "dark"]) {
      await open(file, { viewport: { width, height: 900 }, colorScheme }, async (page, about) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        check(`no sideways scrolling: ${about}`, wide <= 0, `${wide} px too wide`);
        // All unfolded, so that nothing hides from the check. Axe is run beside the page's own policy, which rightly refuses it as a script tag.
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        const unfolded = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        check(`no sideways scrolling when unfolded: ${about}`, unfolded <= 0, `${unfolded} px too wide`);
        await page.evaluate(axe);
        const { violations, passes } = await page.evaluate((tags) => axe.run(document, { runOnly: { type: "tag", values: tags } }), TAGS);
        const told = violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary?.slice(0, 200)}`);
        check(`axe finds nothing: ${about}`, violations.length === 0, told.join("\n    "));
        check(`axe has looked: ${about}`, passes.length > 10, `${passes.length} rules`);
      });
    }
  }
}

/** Without script everything is there to read, and what needs script is not. */
async function reads(file) {
  await open(file, { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }, async (page, about) => {
    const text = await page.innerText("main");
    check(`reads without script: ${about}`, text.length > 2000 && /ontbreekt|onzeker|strijdig/.test(text));
    check(`no dead controls without script: ${about}`, (await page.locator("form:visible, .tools:visible, .sort:visible").count()) === 0);
    check(`language and one first heading: ${about}`, (await page.getAttribute("html", "lang")) === "nl" && (await page.locator("h1").count()) === 1);
    const dead = await page.$$eval('a[href^="#"]', (links) =>
      links.map((a) => a.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id)));
    check(`every link within the page arrives: ${about}`, dead.length === 0, dead.slice(0, 5).join(" "));
    const beside = await page.$$eval('a[href]:not([href^="#"]), img', (all) => all.map((one) => (one.href ?? one.src).split("#")[0]));
    const gone = [...new Set(beside)].filter((url) => url.startsWith("file:") && !existsSync(fileURLToPath(url)));
    check(`every file it points at is there: ${about}`, gone.length === 0, gone.slice(0, 5).join(" "));
  });
}

async function keyboard(file) {
  await open(file, { viewport: { width: 1280, height: 900 } }, async (page, about) => {
    await page.keyboard.press("Tab");
    check(`the skip link comes first: ${about}`, (await page.evaluate(() => document.activeElement.className)) === "skip");
    await page.keyboard.press("Enter");
    check(`and skips: ${about}`, (await page.evaluate(() => document.activeElement.id)) === "inhoud");
    const small = await page.$$eval("button, summary, input, select, nav a, .cell", (targets) =>
      targets.filter((t) => t.checkVisibility()).map((t) => [t, t.getBoundingClientRect()]).filter(([, r]) => r.width < 24 || r.height < 24)
        .map(([t, r]) => `${t.className || t.tagName} ${r.width.toFixed()}x${r.height.toFixed()}`));
    check(`targets of 24 px: ${about}`, small.length === 0, small.slice(0, 5).join(", "));
  });
}

async function sortsAndFilters(file) {
  await open(file, { viewport: { width: 1280, height: 900 } }, async (page, about) => {
    const before = await shown(page);
    const sort = (name) => page.locator(".matrix").first().getByRole("button", { name, exact: true });
    await sort("Sorteer op Dossier").focus();
    await page.keyboard.press("Enter");
    const byName = await shown(page);
    check(`sorts by name: ${about}`, byName.join() === [...before].sort(new Intl.Collator("nl", { numeric: true }).compare).join());
    await page.keyboard.press("Space");
    check(`and back: ${about}`, (await shown(page)).join() === [...byName].reverse().join());
    await sort("Sorteer op N3").focus();
    await page.keyboard.press("Enter");
    const weights = await page.$$eval('.matrix td[data-n="N3"]', (cells) => cells.map((cell) => +cell.dataset.v));
    check(`sorts by norm, worst first: ${about}`, weights.every((w, n) => n === 0 || weights[n - 1] >= w) && new Set(weights).size > 1, weights.join());
    check(`says how it is sorted: ${about}`, (await page.locator('.matrix th[aria-sort="descending"]').count()) === 1);

    const field = page.locator(".filter [name=name]").first();
    await field.focus();
    await page.keyboard.type("po2597");
    check(`filters by number: ${about}`, (await shown(page)).length === 1);
    check(`says how many are left: ${about}`, (await page.locator("[role=status]").first().innerText()) === `1 van ${before.length} getoond`);
    await field.fill("");
    await page.locator(".filter [name=norm]").first().selectOption("N3");
    await page.locator(".filter [name=verdict]").first().selectOption({ label: "strijdig" });
    const contradicted = await page.$$eval('.matrix tbody tr:not([hidden]) td[data-n="N3"]', (cells) => cells.map((cell) => cell.innerText));
    check(`filters by verdict on a norm: ${about}`, contradicted.length > 0 && contradicted.every((text) => text.includes("strijdig")));
  });
}

async function unfolds(file) {
  const closed = '.element > details:not([open])';
  let id;
  await open(file, { viewport: { width: 1280, height: 900 } }, async (page, about) => {
    id = await page.locator(".element:has(> details:not([open]))").first().getAttribute("id");
    const folded = await page.locator(closed).count();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    check(`print opens all: ${about}`, folded > 0 && (await page.locator(closed).count()) === 0);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    check(`and closes it again: ${about}`, (await page.locator(closed).count()) === folded);
  });
  await open(file, { hash: `#${id}`, viewport: { width: 1280, height: 900 } }, async (page, about) => {
    const there = page.locator(`[id="${id}"]`);
    check(`a link to a folded element opens it: ${about}`, await there.locator("> details").evaluate((details) => details.open));
    check(`and brings it in view: ${about}`, Math.abs((await there.boundingBox()).y) < 900);
  });
}

const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
check("there are pages", files.length > 0);
for (const file of files) {
  await looks(file);
  await reads(file);
  await keyboard(file);
}
const has = async (file, selector) => {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, file)).href);
  const there = (await page.locator(selector).count()) > 0;
  await page.close();
  return there;
};
for (const file of files) {
  if (await has(file, ".matrix")) await sortsAndFilters(file);
  if (await has(file, ".element > details:not([open])")) await unfolds(file);
}
await browser.close();

console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length > 0 ? 1 : 0);
