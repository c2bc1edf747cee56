// Takes the pictures of the gallery: `node gallery.mjs CHROMIUM FOLDER PROGRAM NAME=REPORT.html…`
//
// Of each report: on a desk in light colours, on a phone, and the first printed page (by pdftoppm, from what Chromium prints).
// Of the local page: the drawing of the body, an answer with what can be moved, the turning block of skin, and a question on a phone in the dark.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { open, serve } from "./pages.mjs";

const mostBytes = 250 * 1024;
const [chromium, folder, program, ...wanted] = process.argv.slice(2);
const browser = await open(chromium);
const scratch = mkdtempSync(join(tmpdir(), "needlework-gallery-"));
let tooLarge = 0;
for (const pair of wanted) {
  const [name, file] = pair.split("=");
  const address = pathToFileURL(resolve(file)).href;
  for (const [kind, options] of [
    ["light", { viewport: { width: 1040, height: 2000 }, colorScheme: "light", deviceScaleFactor: 0.75 }],
    ["phone", { viewport: { width: 390, height: 900 }, colorScheme: "light", isMobile: true, deviceScaleFactor: 1.5 }],
  ]) {
    const page = await browser.newPage(options);
    await page.goto(address);
    keep(`${name}-${kind}.png`, await page.screenshot());
    await page.close();
  }
  const page = await browser.newPage();
  await page.goto(address);
  const pdf = join(scratch, `${name}.pdf`);
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  await page.close();
  execFileSync("pdftoppm", ["-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile", pdf, resolve(folder, `${name}-print`)]);
  keep(`${name}-print.png`);
}
await ofThePage();
await browser.close();
rmSync(scratch, { recursive: true });
process.exit(tooLarge ? 1 : 0);

function keep(name, bytes) {
  const path = join(folder, name);
  if (bytes) writeFileSync(path, bytes);
  const { size } = statSync(path);
  console.log(`${name}: ${Math.ceil(size / 1024)} KiB`);
  if (size > mostBytes) {
    console.log(`      more than ${mostBytes / 1024} KiB`);
    tooLarge += 1;
  }
}

async function ofThePage() {
  const { served, address } = await serve(program);
  try {
    const press = async (page, name) => await Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).first().click()]);
    const toTheSite = async (page) => {
      await page.goto(address);
      await page.getByRole("link", { name: "I am thinking about it" }).click();
      await Promise.all([page.waitForNavigation(), page.locator('ul.choices button[value="choose:1"]').first().click()]);
    };
    const desk = await browser.newPage({ viewport: { width: 1040, height: 1000 }, colorScheme: "light", deviceScaleFactor: 0.75 });
    await toTheSite(desk);
    keep("page-body.png", await desk.screenshot());
    const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: "dark", isMobile: true, deviceScaleFactor: 1.5 });
    await toTheSite(phone);
    keep("page-phone.png", await phone.screenshot());
    // An answer that no rule stops, with the months at their first time.
    await desk.goto(`${address}research`);
    await desk.selectOption("select[name=for]", "lay");
    await press(desk, "Judge it");
    await desk.getByText("From 2,000 virtual people").waitFor({ timeout: 120_000 });
    await desk.locator("#one-time").focus();
    await desk.keyboard.press("ArrowLeft");
    await desk.locator("#one-time").evaluate((slider) => slider.scrollIntoView());
    keep("page-answer.png", await desk.screenshot());
    const section = desk.locator("#in-the-skin");
    await section.locator("button").click();
    await section.locator("canvas").waitFor();
    await section.locator("canvas").evaluate((canvas) => canvas.scrollIntoView({ block: "center" }));
    await desk.waitForTimeout(1000);
    keep("page-block.png", await desk.screenshot());
    await desk.close();
    await phone.close();
  } finally {
    served.kill("SIGTERM");
  }
}
