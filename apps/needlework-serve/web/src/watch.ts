// Watches a form that takes its time: a bar that says how far it is, and a button that stops it. The form is sent as ever, so that its answer stands in
// the history; stopping the page that is on its way stops the work.
export function watch(page: Document, window: Window): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const says = form.dataset["watch"];
    if (!says || event.defaultPrevented) return;
    const word = [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
    const name = page.createElement("input");
    name.type = "hidden";
    name.name = "watch";
    name.value = word;
    const line = page.createElement("p");
    line.className = "steps watching";
    const told = page.createElement("label");
    told.textContent = `${says} `;
    const bar = page.createElement("progress");
    const stop = page.createElement("button");
    stop.type = "button";
    stop.className = "plain";
    stop.textContent = form.dataset["stop"] ?? "";
    told.append(bar);
    line.append(told, stop);
    form.querySelector(".watching")?.remove();
    form.append(name, line);
    const buttons = [...form.querySelectorAll<HTMLButtonElement>("button[type=submit]")];
    const source = new EventSource(`/watch/${word}`);
    source.addEventListener("progress", (event) => {
      const { done, total } = JSON.parse((event as MessageEvent<string>).data) as { done: number; total: number };
      if (!total) return;
      bar.max = total;
      bar.value = done;
    });
    source.addEventListener("end", () => source.close());
    const over = (): void => {
      source.close();
      name.remove();
      for (const button of buttons) button.disabled = false;
    };
    stop.addEventListener("click", () => {
      window.stop();
      over();
      line.textContent = form.dataset["stopped"] ?? "";
      line.setAttribute("role", "status");
      buttons[0]?.focus();
    });
    // A page that is shown again by a step back has nothing under way.
    window.addEventListener("pagehide", () => (over(), line.remove()), { once: true });
    // What is sent was gathered before this.
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
    stop.focus();
  });
}
