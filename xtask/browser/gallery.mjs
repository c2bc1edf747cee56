// Takes the pictures of the gallery: `node gallery.mjs CHROMIUM FOLDER NAME=REPORT.html…`
//
// Of each report: on a desk in light colours, on a phone, and the first printed page (by pdftoppm, from what Chromium prints).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { open } from "./pages.mjs";

const mostBytes = 250 * 1024;
const [chromium, folder, ...wanted] = process.argv.slice(2);
const browser = await open(chromium);
const scratch = mkdtempSync(join(tmpdir(), "needlework-gallery-"));
let tooLarge = 0;
for (const pair of wanted) {
  const [name, file] = pair.split("=");
  const address = pathToFileURL(resolve(file)).href;
  for (const [kind, options] of [
    ["light", { viewport: { width: 1040, height: 2400 }, colorScheme: "light", deviceScaleFactor: 0.75 }],
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
