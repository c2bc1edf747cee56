// Looks at pages as a browser does, and says what is wrong: `node audit.mjs CHROMIUM PAGE.html…`
//
// For each page: its markup is valid HTML; axe finds nothing in light, dark and on a phone; nothing is hidden, cut or wider than what holds it
// on a desk, on a phone and on A4, but for tables that say they scroll; no table loses a column; the page asks for
// nothing but itself; it prints on a few pages of A4; and a plan that is stopped for a layperson says nothing of a forecast, in text, in
// labels, in what a screen reader is told, in its JSON or in its calendar. Prints a line per page; exit code 1 when anything is wrong.
import { readFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { open, paper, schemes } from "./pages.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// How many A4 pages each kind of report may take. What is counted is what headless Chromium prints.
const mostPages = { stopped: 2, lay: 7, research: 8, compare: 8, claims: 14 };
// Pages that are read on a screen; their print is not counted.
const unprinted = Infinity;

// What a stopped plan never says to a layperson.
const hints = [
  /\bforecast/i, /\bimprov(e|es|ed|ement)\b/i, /\bof 1,?000\b/i, /\bof 100\b/i, /\bplausible\b/i, /\bsimulated\b/i, /(?<!weight )\bgains?\b/i,
  /\bworst imaginable\b/i, /\bcertainty\b/i, /\bcalibrated\b/i, /\bwill it help\b/i, /\bswatch/i, /\bodds\b/i, /\bsuccess\b/i, /\bof 100 people\b/i,
];
// What its JSON leaves empty.
const emptied = [
  "forecast", "gain25", "risks", "burden", "puncture", "swatches", "colour", "sensitivity", "checklist", "against_published", "numbers", "banner",
];

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Our own choices, not faults: long titles, and the closing tags that the page's writer gives to every element of SVG.
    "long-title": "off",
    "void-style": "off",
    "no-trailing-whitespace": "off",
    "no-inline-style": "error",
    "require-sri": "off",
    "no-raw-characters": "off",
    "doctype-style": "off",
    // A heading inside a landmark section names it; ids of passports carry the dots of their keys.
    "valid-id": ["error", { relaxed: true }],
  },
});

const [chromium, ...reports] = process.argv.slice(2);
let faults = 0;
const browser = await open(chromium);
for (const file of reports) {
  const started = Date.now();
  const { wrong, told } = await audit(resolve(file));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${wrong.length ? "WRONG" : "ok   "} ${file}: ${told} (${seconds} s)`);
  for (const fault of wrong) console.log(`      ${fault}`);
  faults += wrong.length;
}
await browser.close();
console.log(`${reports.length} pages, ${faults} faults`);
process.exit(faults || !reports.length ? 1 : 0);

async function audit(path) {
  const wrong = [];
  const name = basename(path, ".html");
  const answer = name === "report" ? JSON.parse(readFileSync(join(dirname(path), "report.json"), "utf8")) : null;
  const stopped = answer?.reading === "lay" && answer.verdict.safety !== "caution";
  const kind = stopped ? "stopped" : (answer?.reading ?? name);

  const checked = await validator.validateFile(path);
  for (const { messages } of checked.results) {
    for (const { line, column, message, ruleId } of messages.slice(0, 10)) wrong.push(`markup, ${line}:${column}: ${message} (${ruleId})`);
  }

  let spoken = "";
  let shown;
  for (const scheme of schemes) {
    const context = await browser.newContext(scheme.options);
    const page = await context.newPage();
    const asked = [];
    const address = pathToFileURL(path).href;
    const pictures = `${pathToFileURL(dirname(path)).href}/gallery/`;
    await page.route("**/*", (route) => {
      const url = route.request().url();
      // The book shows the pictures of the gallery beside it; a report shows nothing but itself.
      if (url === address || (!answer && url.startsWith(pictures))) return route.continue();
      asked.push(url);
      return route.abort();
    });
    page.on("console", (message) => message.type() === "error" && wrong.push(`${scheme.name}: the browser complains: ${message.text()}`));
    await page.goto(address);
    // Data behind charts is part of the page: every fold is opened before it is looked at.
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    if (asked.length) wrong.push(`${scheme.name}: the page asks for ${asked.join(", ")}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) wrong.push(`${scheme.name}: the page is ${wide} px wider than the window`);
    const cut = await page.evaluate(cutOff);
    for (const text of cut) wrong.push(`${scheme.name}: cut off in a picture: “${text}”`);
    for (const text of await page.evaluate(outOfSight)) wrong.push(`${scheme.name}: ${text}`);
    const columns = await page.evaluate(columnsShown);
    shown ??= columns;
    columns.forEach((count, place) => count < shown[place] && wrong.push(`${scheme.name}: table ${place + 1} shows ${count} of ${shown[place]} columns`));

    // The page allows no scripts; the auditor comes in through the debugger, which its policy does not bind.
    const found = await page.evaluate(`${axeSource}; axe.run(document, { runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"] })`);
    for (const { id, help, nodes } of found.violations) {
      wrong.push(`${scheme.name}: axe ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")} (${nodes.length})`);
    }
    if (scheme.name === "light") {
      spoken = await page.evaluate(everythingSaid);
      const tree = await (await context.newCDPSession(page)).send("Accessibility.getFullAXTree");
      spoken += "\n" + tree.nodes.map((node) => `${node.name?.value ?? ""} ${node.description?.value ?? ""}`).join("\n");
    }
    await context.close();
  }

  wrong.push(...await onPaper(path, shown));
  const pages = await printed(path);
  const most = mostPages[kind] ?? unprinted;
  if (pages > most) wrong.push(`prints on ${pages} pages, at most ${most} for ${kind}`);

  if (stopped) {
    const calendar = join(dirname(path), "calendar.ics");
    const heard = [["the page", spoken]];
    if (existsSync(calendar)) heard.push(["the calendar", readFileSync(calendar, "utf8").replaceAll("\r\n ", "")]);
    for (const [where, text] of heard) {
      for (const hint of hints) {
        const match = text.match(hint);
        if (match) wrong.push(`${where} of a stopped plan says “${text.slice(Math.max(0, match.index - 30), match.index + 40).replaceAll("\n", " ")}”`);
      }
    }
    if (/SUMMARY:(Session|Sun|Water|Retinoid|Stop)/.test(heard[1]?.[1] ?? "")) wrong.push("the calendar of a stopped plan holds a session");
    for (const field of emptied) {
      const value = answer[field];
      const empty = value == null || (Array.isArray(value) && !value.length);
      if (!empty) wrong.push(`report.json of a stopped plan carries ${field}`);
    }
    if (Object.values(answer.figures).some((list) => list.length)) wrong.push("report.json of a stopped plan carries figures");
  }
  return { wrong, told: `${kind}, ${pages} page${pages === 1 ? "" : "s"} of A4` };
}

// What is wider than the paper, or lost on it: the page as it is set for print, as wide as A4 between its margins.
async function onPaper(path, shown) {
  const page = await browser.newPage({ viewport: paper, bypassCSP: true });
  await page.emulateMedia({ media: "print" });
  await page.goto(pathToFileURL(path).href);
  const wrong = (await page.evaluate(outOfSight)).map((text) => `paper: ${text}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) wrong.push(`paper: the page is ${wide} px wider than A4`);
  const columns = await page.evaluate(columnsShown);
  // A table of data behind a chart stays off the paper as a whole; one that is printed has all its columns.
  columns.forEach((count, place) => count && count < shown[place] && wrong.push(`paper: table ${place + 1} shows ${count} of ${shown[place]} columns`));
  await page.close();
  return wrong;
}

async function printed(path) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(path).href);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  await page.close();
  // Each page of a PDF is an object of this type; "/Pages" is the list of them.
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

// Runs in the page: labels of pictures that reach beyond their frame.
function cutOff() {
  const found = [];
  for (const label of document.querySelectorAll("svg text")) {
    const frame = label.ownerSVGElement.getBoundingClientRect();
    const box = label.getBoundingClientRect();
    if (!frame.width || !box.width) continue;
    const slack = 1.5;
    if (box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack) {
      found.push(label.textContent);
    }
  }
  return found;
}

// Runs in the page: what reaches beyond what holds it, or is cut inside it. A box that scrolls sideways must show that it does, by the shadow at
// its edge; paper does not scroll.
function outOfSight() {
  const paper = matchMedia("print").matches;
  const slack = 1.5;
  const found = [];
  const name = (element) => `${element.localName}${element.className && element.className.baseVal === undefined ? "." + element.className.split(" ").join(".") : ""} “${element.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);
  const cued = (style) => style.backgroundAttachment.includes("local") && style.backgroundImage.includes("gradient");
  for (const element of document.querySelectorAll("body, body *")) {
    if (element.ownerSVGElement || ["HTML", "SCRIPT", "STYLE"].includes(element.tagName) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    if (style.display.startsWith("inline") || style.display === "contents" || style.position === "absolute") continue;
    const over = element.scrollWidth - element.clientWidth;
    if (scrolls(style) && over > slack) {
      if (paper) found.push(`scrolls sideways by ${over} px, which paper can't: ${name(element)}`);
      else if (!cued(style)) found.push(`scrolls sideways by ${over} px and does not show it: ${name(element)}`);
    }
    const clips = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
    if (clips && element.clientWidth > 1 && (over > slack || element.scrollHeight - element.clientHeight > slack)) found.push(`text is cut: ${name(element)}`);
    if (style.webkitLineClamp !== "none") found.push(`text may be cut: ${name(element)}`);
    const holder = element.parentElement;
    if (!holder || element === document.body) continue;
    const [box, held] = [element.getBoundingClientRect(), holder.getBoundingClientRect()];
    const within = getComputedStyle(holder);
    if (box.width && held.width && !scrolls(within) && !within.display.startsWith("inline") && (box.right > held.right + slack || box.left < held.left - slack) && style.position !== "fixed" && !element.closest("tr")) {
      found.push(`${Math.round(Math.max(box.right - held.right, held.left - box.left))} px wider than what holds it: ${name(element)}`);
    }
  }
  return found.slice(0, 12);
}

// Runs in the page: how many columns each table shows.
function columnsShown() {
  const cells = (row) => [...row.cells].filter((cell) => cell.checkVisibility()).reduce((sum, cell) => sum + cell.colSpan, 0);
  return [...document.querySelectorAll("table")].map((table) => Math.max(0, ...[...table.rows].map(cells)));
}

// Runs in the page: all text, shown or hidden, and every label and alternative.
function everythingSaid() {
  const parts = [document.title];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) parts.push(texts.currentNode.nodeValue);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (["aria-label", "alt", "title", "aria-description", "aria-valuetext", "content"].includes(name)) parts.push(value);
    }
  }
  return parts.join(" ").replace(/\s+/g, " ");
}
