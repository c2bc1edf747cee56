// Refines a quick answer by itself: sends the form that its button would send, and puts the answer into the place of
// the quick one. What was opened or typed meanwhile stays. Whoever leaves the page stops the work.
import { beside } from "./beside";
import { sentBy } from "./fields";
import { months } from "./months";

export async function refine(page: Document, window: Window): Promise<void> {
  const form = page.querySelector<HTMLFormElement>("form[data-refining]");
  const status = form?.querySelector<HTMLElement>("[role=status]");
  const button = form?.querySelector("button");
  if (!form || !status || !button) return;
  const quick = status.textContent;
  const leaving = new AbortController();
  window.addEventListener("pagehide", () => leaving.abort());
  // A page that is shown again by a step back takes its work up again by the button.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    status.textContent = quick;
    button.hidden = false;
  });
  button.hidden = true;
  status.textContent = form.dataset["refining"] ?? "";
  try {
    const answer = await fetch(form.action, { method: "POST", body: sentBy(form), signal: leaving.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    replace(page, new DOMParser().parseFromString(await answer.text(), "text/html"));
    months(page);
    beside(page, window);
  } catch {
    // The quick answer stands, with its button.
    status.textContent = quick;
    button.hidden = false;
  }
}

// Puts the main part of one page into the place of that of another.
function replace(page: Document, with_: Document): void {
  const before = page.querySelector("main");
  const after = with_.querySelector("main");
  if (!before || !after) return;
  const opened = new Set<string | null>();
  for (const summary of before.querySelectorAll("details[open] > summary")) opened.add(summary.textContent);
  for (const fold of after.querySelectorAll("details")) {
    if (opened.has(fold.querySelector("summary")?.textContent ?? null)) fold.open = true;
  }
  for (const input of before.querySelectorAll<HTMLInputElement>("input[type=text], input[type=date]")) {
    const name = CSS.escape(input.name);
    const same = after.querySelector<HTMLInputElement>(`input[name="${name}"]:not([type=hidden])`);
    if (same && input.value !== input.defaultValue) same.value = input.value;
  }
  const focused = page.activeElement?.closest("main") ? page.activeElement.getAttribute("name") : null;
  // The line that says how many people it is from stays in its place, so that a screen reader hears it change.
  const status = before.querySelector("[role=status]");
  const told = after.querySelector("[role=status]");
  if (status && told) {
    const text = told.textContent;
    told.replaceWith(status);
    queueMicrotask(() => (status.textContent = text));
  }
  // A block of skin that is being looked at is of the same case, and stays.
  const block = before.querySelector("#in-the-skin[data-block]");
  const inside = block?.contains(page.activeElement) ? page.activeElement : null;
  before.replaceChildren(...after.childNodes);
  if (block) before.querySelector("#in-the-skin")?.replaceWith(block);
  if (inside instanceof HTMLElement) inside.focus({ preventScroll: true });
  if (focused) before.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
