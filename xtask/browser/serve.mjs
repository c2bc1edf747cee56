// Goes through the local page as people do, and says what is wrong: `node serve.mjs CHROMIUM NEEDLEWORK`
//
// Starts the program on a free port, and looks at the main flow to an answer with the mouse and with the keyboard alone, with a script and without;
// a refusal; a step back and a reload; a slip; a changed answer; plans side by side; every room; on a desk, on a phone, at 320 px and in the dark.
// On each page: axe finds nothing, nothing is wider than the window, nothing is asked of another address, and nothing is kept in the browser.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { open, serve } from "./pages.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [chromium, program, pictures] = process.argv.slice(2);

const ways = [
  { name: "desk", options: { viewport: { width: 1280, height: 900 }, colorScheme: "light" } },
  { name: "dark", options: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" } },
  { name: "phone", options: { viewport: { width: 390, height: 844 }, colorScheme: "light", isMobile: true, hasTouch: true } },
  // A window of 1,280 px at 200 %.
  { name: "200 %", options: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, colorScheme: "light" } },
  { name: "320 px", options: { viewport: { width: 320, height: 640 }, colorScheme: "light" } },
  { name: "no script", options: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false } },
];

const wrong = [];
let looked = 0;
// Clicks and answers typed so far, by all visitors.
let clicks = 0;

const { served, address } = await serve(program);
const browser = await open(chromium);
try {
  for (const way of ways) await visit(way);
  await keyboard();
  await draft();
  await sheet();
  await inTheSkin();
  await watched();
  await leaves();
} catch (error) {
  wrong.push(String(error.stack ?? error));
}
await browser.close();
served.kill("SIGTERM");
for (const fault of wrong) console.log(`WRONG ${fault}`);
console.log(`${looked} pages looked at, ${wrong.length} faults`);
process.exit(wrong.length ? 1 : 0);

// A page in a browser of its own, with everything counted that it asks for.
async function visitor({ name, options }) {
  const context = await browser.newContext({ ...options, bypassCSP: false });
  const page = await context.newPage();
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) wrong.push(`${name}: something is asked of ${url}`);
  });
  page.on("console", (message) => {
    // A form that was filled in wrongly is answered with 422, which the browser calls an error.
    if (message.type() === "error" && !message.text().includes("422")) wrong.push(`${name}: the browser complains: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${name}: a script breaks: ${error}`));
  return { context, page, name };
}

// Looks at a page.
async function look({ page, name, context }, what) {
  looked += 1;
  const where = `${name}, ${what}`;
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${what}-${name}.png`.replaceAll(" ", "-")), fullPage: true });
  }
  const cookies = await context.cookies();
  if (cookies.length) wrong.push(`${where}: there are cookies`);
  // The looks below need scripts of ours; where the visitor has none, its copy is looked at elsewhere.
  if (name === "no script") return;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const widest = () => [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .filter((one) => !one.closest(".scroll")).map((one) => `${one.tagName}.${one.className} in ${one.parentElement.className || one.parentElement.tagName}`).slice(0, 3).join(", ");
  if (wide > 0) wrong.push(`${where}: the page is ${wide} px wider than the window: ${await page.evaluate(widest)}`);
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
  if (kept) wrong.push(`${where}: something is kept in the browser`);
  // The auditor comes in through the debugger, which the policy of the page does not bind.
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"], rules: { "target-size": { enabled: true } } })`,
  );
  for (const { id, help, nodes } of found.violations) {
    wrong.push(`${where}: axe ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")} (${nodes.length})`);
  }
}

async function says(visit, what, ...parts) {
  const text = await visit.page.locator("body").innerText();
  for (const part of parts) if (!text.includes(part)) wrong.push(`${visit.name}, ${what}: does not say “${part}” but “${text.slice(0, 200).replaceAll("\n", " ")}”`);
}

async function saysNot(visit, what, ...parts) {
  const text = await visit.page.locator("body").innerText();
  for (const part of parts) if (text.includes(part)) wrong.push(`${visit.name}, ${what}: says “${part}”`);
}

async function choose(page, value) {
  clicks += 1;
  await Promise.all([page.waitForNavigation(), page.locator(`ul.choices button[value="choose:${value}"]`).first().click()]);
}

async function write(page, text) {
  clicks += 1;
  await page.fill("input[name=text]", text);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

async function press(page, name) {
  clicks += 1;
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name, exact: true }).first().click()]);
}

async function visit(way) {
  const guest = await visitor(way);
  const { page, context } = guest;
  await page.goto(address);
  await look(guest, "front");

  // A home roller: refused, with what to do instead and no forecast. Whoever comes anew, slips once and clicks on the drawing is
  // to be there within ten clicks.
  const before = { clicks, time: Date.now() };
  await page.getByRole("link", { name: "I am thinking about it" }).click();
  await look(guest, "mark");
  await choose(page, "2");
  await look(guest, "site");
  await write(page, "abdomn");
  await says(guest, "a slip", "Did you mean");
  await look(guest, "slip");
  await Promise.all([page.waitForNavigation(), page.locator('.zone[value="choose:abdomen"]').first().click({ force: true })]);
  await says(guest, "after the drawing", "Where is it done");
  await choose(page, "home");
  await choose(page, "roller");
  await look(guest, "length");
  await write(page, "1.5 mm");
  await says(guest, "refusal", "Do not do this plan", "What you can do instead", "Take it with you");
  // The link to the door and the place on the drawing are clicks too.
  const took = { clicks: clicks - before.clicks + 2, ms: Date.now() - before.time };
  if (way.name === "desk") console.log(`an answer about a home roller took ${took.clicks} clicks, and ${took.ms} ms of this machine`);
  if (took.clicks > 10) wrong.push(`${way.name}: an answer about a home roller takes ${took.clicks} clicks`);
  await saysNot(guest, "refusal", "Will it help?", "of 100 people");
  await look(guest, "refused");

  // A step back shows the question that was left; a reload of the answer gives the same answer.
  await page.goBack();
  await says(guest, "a step back", "How long are the needles");
  await page.goForward();
  await says(guest, "a step forth", "Do not do this plan");
  await page.reload();
  await says(guest, "a reload", "Do not do this plan");

  // A clinic plan to its end.
  await page.goto(`${address}thinking`);
  await toTheEnd(page);
  await says(guest, "look back", "Your answers", "Needle length: 1.5 mm");
  await look(guest, "look back");
  await press(page, "See the answer");
  await says(guest, "answer", "No rule stops this plan", "Will it help?");
  if (way.name === "no script") {
    await says(guest, "answer", "200 virtual people");
    await press(page, "Refine it with 2,000");
  } else {
    await page.getByText("From 2,000 virtual people").waitFor({ timeout: 120_000 });
  }
  await says(guest, "refined", "From 2,000 virtual people", "Try another plan");
  await look(guest, "answer");
  if (way.name !== "no script") {
    const slider = page.locator("#one-time");
    const rows = page.locator("table.shares tbody:visible");
    const all = await rows.count();
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    if ((await rows.count()) !== 1 || all < 2) wrong.push(`${way.name}: the slider shows ${await rows.count()} of ${all} times`);
    // The figures and the curves go with it: as many figures of each kind as the row says, and one mark on each curve.
    const told = async () =>
      await page.evaluate(() => {
        const time = [...document.querySelectorAll("table.shares tbody")].find((each) => !each.hidden);
        const rows = [...time.querySelectorAll("tr[data-people]")];
        const drawn = [...document.querySelectorAll(".hundreds svg.people")].map((picture) =>
          rows[0].dataset.people.split(",").map((part) => {
            const name = part.split(" ")[0];
            return `${name} ${picture.querySelectorAll(`.who-${name}`).length}`;
          }).join(","),
        );
        return {
          same: rows.every((row, arm) => row.dataset.people === drawn[arm]),
          said: rows[0].dataset.said === document.getElementById("with-d").textContent,
          when: document.querySelector("[data-when]").textContent === time.dataset.when,
          marks: document.querySelectorAll(".by-month .at-month").length,
        };
      });
    await page.keyboard.press("Home");
    const first = await told();
    if (!first.same || !first.said || !first.when || first.marks !== 2) {
      wrong.push(`${way.name}: the figures of the first time are ${JSON.stringify(first)}`);
    }
    const counted = await page.textContent("#with-d");
    await page.keyboard.press("End");
    if ((await page.locator(".at-month").count()) !== 0) wrong.push(`${way.name}: a mark stays on the curves`);
    if ((await page.textContent("#with-d")) === counted) wrong.push(`${way.name}: the figures never change`);
    await page.keyboard.press("ArrowLeft");
  }
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "The report as a page to keep or print" }).click()]);
  if (saved.suggestedFilename() !== "report.html") wrong.push(`${way.name}: the report is called ${saved.suggestedFilename()}`);

  // A choice is moved by its slider: a quick answer, then one from more people, which says so.
  if (way.name !== "no script") {
    const slider = page.locator('.slides input[type="range"]').first();
    await slider.focus();
    const start = Date.now();
    await page.keyboard.press("ArrowRight");
    await page.locator("#moving table").waitFor({ timeout: 30_000 });
    const moved = Date.now() - start;
    if (way.name === "desk") console.log(`a moved slider was answered in ${moved} ms`);
    await page.getByText("From 500 virtual people", { exact: true }).waitFor({ timeout: 60_000 });
    const typed = await page.inputValue('input[name="also:device.needle_length"]');
    if (!typed.endsWith(" mm")) wrong.push(`${way.name}: the slider writes “${typed}”`);
    await look(guest, "moved");
    await page.fill('input[name="also:device.needle_length"]', "");
  }

  // Another plan beside it.
  await page.locator('input[name="also:regimen.sessions"]').fill("1");
  await press(page, "Put them side by side");
  await says(guest, "compare", "sessions 4", "sessions 1");
  await look(guest, "compare");

  // A case by hand, with a mistake in it: what was typed stays.
  await page.goto(`${address}research`);
  await look(guest, "case");
  const text = await page.inputValue("textarea");
  await page.fill("textarea", text.replace('"abdomen"', '"abdomn"'));
  await page.getByRole("button", { name: "Judge it" }).click();
  await says(guest, "a wrong case", "can't be read", "abdomen");
  if (!(await page.inputValue("textarea")).includes("abdomn")) wrong.push(`${way.name}: a wrong case loses what was typed`);
  await look(guest, "wrong case");

  // What was done already: an emergency is said at once.
  await page.goto(`${address}done`);
  await look(guest, "done");
  await page.locator("input[name=is]").first().check();
  await press(page, "Go on with what is ticked");
  await says(guest, "emergency", "emergency");
  await look(guest, "emergency");

  for (const room of ["rooms", "skin", "insert", "infect", "creams", "block", "simulate", "render", "plan", "trial", "sweep", "claims", "evidence", "rules", "devices", "sites", "conditions", "api"]) {
    await page.goto(address + room);
    // The evidence is a page of the reports' audit.
    if (room !== "evidence") await look(guest, room);
  }
  await page.goto(`${address}skin`);
  await page.fill("input[name=people]", "100");
  await press(page, "Work it out");
  await look(guest, "skin answer");
  await page.goto(`${address}evidence`);
  await page.fill("input[name=key]", "puncture.reach");
  await press(page, "Work it out");
  await says(guest, "found", "puncture.reach.roller");
  await look(guest, "found");
  await page.goto(`${address}resume`);
  await look(guest, "resume");
  await page.goto(`${address}forget`);
  await look(guest, "forget");
  await context.close();
}

// Answers every question as most people would whom nothing stops.
async function toTheEnd(page) {
  const own = {
    mark: "choose:2", site: "belly", setting: "choose:clinic", kind: "choose:roller", length: "1.5 mm", sessions: "4", interval: "4 weeks", area: "100 cm2",
    age: "31", sex: "choose:female", colour: "choose:II", bmi: "170 cm 65 kg", needles: "choose:1", hygiene: "choose:1", numbing: "choose:1",
    "regimen.licensed_clinic": "choose:yes",
  };
  for (let questions = 0; questions < 80; questions += 1) {
    const asked = page.locator("input[name=asked]");
    if (!(await asked.count())) return;
    const answer = own[await asked.inputValue()];
    if (answer?.startsWith("choose:")) await choose(page, answer.slice("choose:".length));
    else if (answer) await write(page, answer);
    else if (await page.locator('button[value="none"]').count()) await press(page, "None of these");
    else if (await page.locator('button[value="choose:no"]').count()) await choose(page, "no");
    else await press(page, "I don't know");
  }
  throw new Error("the questions do not end");
}

// Answers are kept in the browser where somebody asks for it, gone on with after the tab was closed, and forgotten.
async function draft() {
  const guest = await visitor({ name: "draft", options: { viewport: { width: 1280, height: 900 } } });
  const { context } = guest;
  let { page } = guest;
  const kept = () => page.evaluate(() => localStorage.length);
  await page.goto(address);
  await page.getByRole("link", { name: "I am thinking about it" }).click();
  await choose(page, "2");
  if (await kept()) wrong.push("draft: answers are kept that nobody asked to keep");
  await page.getByRole("button", { name: "Keep these answers in this browser" }).click();
  await write(page, "belly");
  await page.close();
  page = await context.newPage();
  await page.goto(address);
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Go on with the answers that this browser keeps" }).click()]);
  await says({ page, name: "draft" }, "gone on with", "Where is it done");
  await page.getByRole("button", { name: "Keep them no longer" }).click();
  if (await kept()) wrong.push("draft: answers are kept that nobody wants to keep");
  await page.getByRole("button", { name: "Keep these answers in this browser" }).click();
  await page.getByRole("link", { name: "Forget everything" }).click();
  await page.goto(address);
  if (await kept()) wrong.push("draft: forget everything forgets not everything");
  await context.close();
}

// From the first page to a refusal with the keyboard alone.
async function keyboard() {
  const guest = await visitor({ name: "keyboard", options: { viewport: { width: 1280, height: 900 } } });
  const { page, context } = guest;
  const reach = async (what) => {
    for (let steps = 0; steps < 120; steps += 1) {
      if (await page.evaluate((part) => (document.activeElement?.closest("a, button")?.textContent ?? "").includes(part), what)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach “${what}”`);
  };
  // The line to type into has the focus by itself.
  const type = async (text) => {
    await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "text");
    await page.keyboard.type(text);
  };
  const enter = () => Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await page.goto(address);
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement?.className === "skip"))) wrong.push("keyboard: the first stop is not the way past the bar");
  await reach("I am thinking about it");
  await enter();
  await reach("Stretch marks, pale");
  await enter();
  await type("belly");
  await enter();
  await reach("Home");
  await enter();
  await reach("Roller");
  await enter();
  await type("1.5 mm");
  await enter();
  await says(guest, "refusal", "Do not do this plan");
  await context.close();
}

// A clinic prints one sheet for a talk, with what is still to be asked.
async function sheet() {
  const guest = await visitor({ name: "clinic", options: { viewport: { width: 1280, height: 900 } } });
  const { page, context } = guest;
  await page.goto(`${address}clinic`);
  await choose(page, "1");
  await toTheEnd(page);
  await press(page, "See the answer");
  await page.getByText("From 2,000 virtual people").waitFor({ timeout: 120_000 });
  await press(page, "One sheet for the talk");
  await says(guest, "sheet", "No rule stops this plan", "To ask or check", "Passes over the same skin");
  await saysNot(guest, "sheet", "Method and limits", "Sources");
  await look(guest, "sheet");
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = paper.match(/\/Type\s*\/Page\b(?!s)/g)?.length;
  if (sheets !== 1) wrong.push(`clinic: the sheet prints on ${sheets} sheets`);
  await context.close();
}

// The block of skin: nothing of it is loaded before it is wanted; it is drawn, turns, goes through the months, by mouse and keys, and says it all in words.
async function inTheSkin() {
  const ways = [
    { name: "skin block", options: { viewport: { width: 1280, height: 900 } } },
    { name: "skin block dark", options: { viewport: { width: 1280, height: 900 }, colorScheme: "dark", reducedMotion: "reduce" } },
    { name: "skin block phone", options: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
  ];
  for (const way of ways) {
    const guest = await visitor(way);
    const { page, context, name } = guest;
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${address}research`);
    await page.selectOption("select[name=for]", "lay");
    await page.fill("input[name=people]", "200");
    await press(page, "Judge it");
    if (asked.some((path) => path.startsWith("/block"))) wrong.push(`${name}: it is loaded before anybody wants it`);
    const section = page.locator("#in-the-skin");
    await section.locator("button").focus();
    await page.keyboard.press("Enter");
    const canvas = section.locator("canvas");
    await canvas.waitFor();
    await page.getByText("From 2,000 virtual people").waitFor({ timeout: 120_000 });
    if (!(await canvas.count())) wrong.push(`${name}: the refined answer loses the block`);
    // How many of its points bear a colour, and everything that is drawn.
    const drawn = () => canvas.evaluate((one) => {
      const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
      return data.filter((value, at) => at % 4 === 3 && value > 0).length / (one.width * one.height);
    });
    const picture = () => canvas.evaluate((one) => one.toDataURL());
    if ((await drawn()) < 0.1) wrong.push(`${name}: only ${await drawn()} of the canvas is drawn on`);
    const needled = await picture();
    await canvas.focus();
    await page.keyboard.press("ArrowLeft");
    const turned = await picture();
    if (turned === needled) wrong.push(`${name}: an arrow key does not turn it`);
    await page.keyboard.press("ArrowRight");
    await section.getByRole("button", { name: "More from above" }).click();
    if ((await picture()) === needled) wrong.push(`${name}: a button does not tilt it`);
    if (way.options.hasTouch !== true) {
      const before = await picture();
      await canvas.scrollIntoViewIfNeeded();
      const { x, y, width, height } = await canvas.boundingBox();
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + 60, y + height / 2, { steps: 4 });
      await page.mouse.up();
      if ((await picture()) === before) wrong.push(`${name}: dragging does not turn it`);
    }
    const seen = section.locator(".seen");
    if (!(await seen.innerText()).includes("holes in this square")) wrong.push(`${name}: it does not say what is seen: ${await seen.innerText()}`);
    const slider = section.locator("input[type=range]");
    const before = await picture();
    await slider.focus();
    for (let month = 0; month < 7; month += 1) await page.keyboard.press("ArrowRight");
    if ((await picture()) === before) wrong.push(`${name}: another month looks the same`);
    if (!(await seen.innerText()).includes("Collagen in the dermis")) wrong.push(`${name}: a month does not say what collagen does`);
    const treated = await picture();
    await section.getByRole("button", { name: "Without needles" }).click();
    if ((await picture()) === treated) wrong.push(`${name}: without needles it looks the same`);
    await section.getByRole("button", { name: "Without needles" }).click();
    const play = section.getByRole("button", { name: "Play" });
    if (way.options.reducedMotion) {
      if (await play.isVisible()) wrong.push(`${name}: it plays although less motion is wanted`);
      const still = await picture();
      await page.waitForTimeout(500);
      if ((await picture()) !== still) wrong.push(`${name}: it moves by itself although less motion is wanted`);
    } else {
      await play.click();
      await page.waitForTimeout(600);
      const one = await picture();
      await page.waitForTimeout(1500);
      if ((await picture()) === one) wrong.push(`${name}: nothing moves while it plays`);
      await section.getByRole("button", { name: "Pause" }).click();
      const still = await picture();
      await page.waitForTimeout(300);
      if ((await picture()) !== still) wrong.push(`${name}: it moves although it was stopped`);
    }
    await look(guest, "in the skin");
    await context.close();
  }
  // Without a script the same button leads to a page with still pictures and the same words.
  const guest = await visitor({ name: "no script", options: { javaScriptEnabled: false } });
  await guest.page.goto(`${address}research`);
  await guest.page.fill("input[name=people]", "200");
  await press(guest.page, "Judge it");
  await press(guest.page, "Show it");
  await guest.page.getByText("The same in words, month by month").first().click();
  await says(guest, "the block without a script", "not you", "Without needles".toLowerCase(), "Month 6");
  if ((await guest.page.locator("#in-the-skin svg[role=img]").count()) !== 2) wrong.push("no script: the block has no still pictures");
  await look(guest, "in the skin still");
  await guest.context.close();
}

// What takes its time is watched: a bar moves while the form is on its way, a button stops it, and what was asked stays to be asked again.
async function watched() {
  const guest = await visitor({ name: "watching", options: { viewport: { width: 1280, height: 900 } } });
  const { page, context } = guest;
  await page.goto(`${address}claims`);
  await page.fill("input[name=people]", "20000");
  // The driver waits for a form that is on its way, so that the page looks at itself.
  const seen = await page.evaluate(() => new Promise((told) => {
    const bar = () => document.querySelector(".watching progress");
    const seen = { most: 0, focus: "", after: "" };
    const look = setInterval(() => (seen.most = Math.max(seen.most, bar()?.value ?? 0)), 50);
    document.querySelector("form.ask button.main").click();
    const begun = performance.now();
    const wait = setInterval(() => {
      if (!seen.most && performance.now() - begun < 60_000) return;
      clearInterval(look);
      clearInterval(wait);
      seen.focus = document.activeElement?.textContent ?? "";
      document.querySelector(".watching button").click();
      setTimeout(() => {
        seen.after = document.querySelector(".watching").textContent;
        told(seen);
      }, 500);
    }, 50);
  }));
  if (!(seen.most > 0)) wrong.push("watching: no bar moves while the claims are worked out");
  if (seen.focus !== "Stop") wrong.push(`watching: the keyboard is at “${seen.focus}” and not where it stops the work`);
  if (!seen.after.includes("Stopped")) wrong.push(`watching: says “${seen.after}” when it was stopped`);
  if ((await page.inputValue("input[name=people]")) !== "20000") wrong.push("watching: what was asked is lost");
  await look(guest, "stopped");
  // What is simulated comes as a page, and as a file.
  const begun = Date.now();
  await page.goto(`${address}simulate`);
  await page.fill("input[name=until]", "12 week");
  await press(page, "Work it out");
  if (Date.now() - begun > 60_000) wrong.push("watching: stopped work holds others up");
  await says(guest, "simulate", "Collagen, as seen from the surface", "no forecast");
  await look(guest, "simulated");
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "The same for programs (JSON)" }).click()]);
  if (saved.suggestedFilename() !== "simulate.json") wrong.push(`watching: the file is called ${saved.suggestedFilename()}`);
  await page.goBack();
  if (await page.locator(".watching, input[name=watch]").count()) wrong.push("watching: a step back finds the bar of a work that is done");
  await context.close();
}

// Whoever leaves stops the work: an answer that nobody waits for is not computed to its end.
async function leaves() {
  const guest = await visitor({ name: "leaving", options: {} });
  await guest.page.goto(`${address}research`);
  await guest.page.fill("input[name=people]", "20000");
  await guest.page.getByRole("button", { name: "Judge it" }).click({ noWaitAfter: true });
  await new Promise((done) => setTimeout(done, 500));
  await guest.context.close();
  const begun = Date.now();
  const next = await visitor({ name: "next", options: {} });
  await next.page.goto(`${address}skin`);
  await next.page.fill("input[name=people]", "50");
  await press(next.page, "Work it out");
  if (Date.now() - begun > 30_000) wrong.push("an answer that nobody waits for holds others up");
  await next.context.close();
}
