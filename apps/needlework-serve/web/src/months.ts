// A slider over the times of the table "Of 100": one time at a time, or all of them. It stands above the figures of a hundred
// people, which go with it, as does a mark on the curves. Every number and sentence stands on the page; nothing is computed here.
export function months(page: Document): void {
  const table = page.querySelector<HTMLTableElement>("table.shares");
  const words = page.querySelector<HTMLElement>("[data-one-time]")?.dataset;
  const place = table?.closest("section:has(.hundreds)");
  const hundreds = place?.querySelector(".hundreds");
  const first = hundreds?.parentElement;
  if (!table || !words || !place || !hundreds || !first || page.getElementById("one-time")) return;
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
  first.before(line);

  const draw = people(hundreds);
  const show = (): void => {
    const at = Number(slider.value);
    const time = times[at];
    times.forEach((each, own) => (each.hidden = time !== undefined && own !== at));
    const text = time ? (named[at] ?? "") : (words["allTimes"] ?? "");
    told.textContent = text;
    slider.setAttribute("aria-valuetext", text);
    draw(time);
    for (const curve of place.querySelectorAll<HTMLElement>(".by-month")) mark(curve, time);
  };
  slider.addEventListener("input", show);
  show();
}

// Draws the figures of a time; of none, those that the page came with.
function people(hundreds: Element): (time: HTMLTableSectionElement | undefined) => void {
  const heading = hundreds.parentElement?.querySelector("[data-when]");
  const cells = [...hundreds.querySelectorAll("table.key td.num")];
  const pictures = [...hundreds.querySelectorAll("svg.people")].map((picture) => ({
    figures: [...picture.querySelectorAll("use")],
    title: picture.querySelector("title"),
    said: picture.querySelector("desc"),
  }));
  const came = pictures.map((picture) => ({
    classes: picture.figures.map((figure) => figure.getAttribute("class") ?? ""),
    title: picture.title?.textContent ?? "",
    said: picture.said?.textContent ?? "",
  }));
  const counts = cells.map((cell) => cell.textContent);
  const when = heading?.textContent ?? "";
  return (time) => {
    const rows = [...(time?.querySelectorAll<HTMLElement>("tr[data-people]") ?? [])];
    const now = time?.dataset["when"] ?? when;
    if (heading) heading.textContent = now;
    const counted = rows.map((row) => (row.dataset["people"] ?? "").split(",").map((part) => part.split(" ")));
    pictures.forEach((picture, arm) => {
      const own = came[arm];
      if (!own) return;
      const drawn = counted[arm]?.flatMap(([name, count]) => Array<string>(Number(count)).fill(`who-${name ?? ""}`));
      const classes = drawn ?? own.classes;
      picture.figures.forEach((figure, at) => {
        figure.setAttribute("class", classes[at] ?? "");
        figure.setAttribute("href", classes[at] === "who-worse" ? "#person-worse" : "#person");
      });
      if (picture.title) picture.title.textContent = own.title.replace(when, now);
      if (picture.said) picture.said.textContent = rows[arm]?.dataset["said"] ?? own.said;
    });
    // The key has a row for each class, and in it a cell for each picture.
    cells.forEach((cell, at) => {
      const count = counted[at % pictures.length]?.[Math.floor(at / pictures.length)]?.[1];
      cell.textContent = count ?? counts[at] ?? "";
    });
  };
}

// Marks a time on a curve; of none, takes the mark away.
function mark(curve: HTMLElement, time: HTMLTableSectionElement | undefined): void {
  curve.querySelector(".at-month")?.remove();
  const picture = curve.querySelector("svg");
  const [from, to, end, month] = [
    curve.dataset["from"],
    curve.dataset["to"],
    curve.dataset["end"],
    time?.dataset["month"],
  ].map(Number);
  if (!picture || month === undefined || Number.isNaN(month) || from === undefined || to === undefined || !end) return;
  const across = String(from + ((to - from) * Math.min(month, end)) / end);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  line.setAttribute("class", "s-text at-month");
  line.setAttribute("x1", across);
  line.setAttribute("x2", across);
  line.setAttribute("y1", "0");
  line.setAttribute("y2", String(picture.viewBox.baseVal.height));
  line.setAttribute("stroke-width", "4");
  line.setAttribute("stroke-dasharray", "12 12");
  picture.append(line);
}
