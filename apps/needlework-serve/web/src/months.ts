// A slider over the times of the table "Of 100": one time at a time, or all of them. The numbers are those of the table.
export function months(page: Document): void {
  const table = page.querySelector<HTMLTableElement>("table.shares");
  const words = page.querySelector<HTMLElement>("[data-one-time]")?.dataset;
  const place = table?.closest("section");
  if (!table || !words || !place || page.getElementById("one-time")) return;
  const times = [...table.tBodies];
  if (times.length < 2) return;
  const named = times.map((time) => time.querySelector(".when")?.textContent ?? "");

  const line = page.createElement("p");
  line.className = "slider own";
  const label = page.createElement("label");
  label.htmlFor = "one-time";
  label.textContent = words["oneTime"] ?? "";
  const slider = page.createElement("input");
  slider.type = "range";
  slider.id = "one-time";
  slider.min = "0";
  slider.max = String(times.length);
  slider.value = String(times.length);
  const told = page.createElement("output");
  told.htmlFor.add("one-time");
  line.append(label, slider, told);
  place.before(line);

  const show = (): void => {
    const at = Number(slider.value);
    const all = at === times.length;
    times.forEach((time, own) => (time.hidden = !all && own !== at));
    const text = all ? (words["allTimes"] ?? "") : (named[at] ?? "");
    told.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  slider.addEventListener("input", show);
  show();
}
