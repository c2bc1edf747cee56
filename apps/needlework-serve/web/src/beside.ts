// Sliders for the choices of a plan. Each move asks the server for what it changes: first from few people, and when the
// hand rests from more. What is typed beside a slider and the button below work as they do without a script.
import { sentBy } from "./fields";

export function beside(page: Document, window: Window): void {
  const fields = page.querySelector<HTMLElement>("[data-moving]");
  const form = fields?.closest("form");
  if (!fields || !form || page.getElementById("moving")) return;
  const words = fields.dataset;
  const lead = page.createElement("p");
  lead.textContent = `${words["moving"] ?? ""}. ${words["movingLead"] ?? ""}`;
  const status = page.createElement("p");
  status.className = "quiet";
  status.setAttribute("role", "status");
  const shown = page.createElement("div");
  shown.id = "moving";
  fields.before(lead);
  form.append(status, shown);

  let asked = new AbortController();
  let rest = 0;
  const ask = async (people: string, told: string, own: AbortController): Promise<void> => {
    const sent = sentBy(form);
    sent.set("people", people);
    const answer = await fetch("/beside", { method: "POST", body: sent, signal: own.signal });
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (own.signal.aborted) return;
    shown.replaceChildren(...part.body.childNodes);
    status.textContent = answer.ok ? told.replace("{people}", people) : (words["failed"] ?? "");
  };
  const moved = (): void => {
    asked.abort();
    window.clearTimeout(rest);
    const own = (asked = new AbortController());
    const failed = (error: unknown): void => {
      if (!own.signal.aborted) status.textContent = error instanceof Error ? (words["failed"] ?? "") : "";
    };
    ask(words["quickPeople"] ?? "", words["quick"] ?? "", own)
      .then(() => {
        // Half a second of rest; whoever goes on moving asks anew.
        rest = window.setTimeout(() => {
          ask(words["people"] ?? "", words["done"] ?? "", own).catch(failed);
        }, 500);
      })
      .catch(failed);
  };
  window.addEventListener("pagehide", () => asked.abort());

  for (const input of fields.querySelectorAll<HTMLInputElement>("input[data-slides]")) {
    const [least, most, step, unit] = (input.dataset["slides"] ?? "").split(",");
    const slider = page.createElement("input");
    slider.type = "range";
    slider.min = least ?? "";
    slider.max = most ?? "";
    slider.step = step ?? "";
    slider.setAttribute("aria-label", input.closest("label")?.querySelector("span")?.textContent ?? "");
    // It begins at the plan's own value, or in the middle where that is not known.
    const [number, ownUnit] = (input.dataset["own"] ?? "").split(" ");
    const middle = (Number(least) + Number(most)) / 2;
    const isOwn = number !== undefined && Number.isFinite(parseFloat(number)) && (ownUnit ?? "") === unit;
    slider.value = String(isOwn ? parseFloat(number) : middle);
    const text = (): string => (unit ? `${slider.value} ${unit}` : slider.value);
    slider.setAttribute("aria-valuetext", text());
    slider.addEventListener("input", () => {
      input.value = text();
      slider.setAttribute("aria-valuetext", text());
      moved();
    });
    // A slider cannot stand inside the label of another field.
    const line = page.createElement("div");
    line.className = "slides";
    const label = input.closest("label");
    if (!label) continue;
    label.replaceWith(line);
    line.append(label, slider);
  }
}
