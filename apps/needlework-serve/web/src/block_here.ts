// Shows the block of skin where it is offered: asks for its page only when it is wanted, takes the section out of it, and loads the script that
// turns it. Without a script the same button leads to that page.
import { sentBy } from "./fields";

export function blockHere(page: Document): void {
  page.addEventListener("submit", async (event) => {
    const form = event.target as HTMLFormElement;
    const place = form.closest<HTMLElement>("#in-the-skin");
    const button = form.querySelector("button");
    if (!place || !button || form.dataset["waiting"] === undefined) return;
    event.preventDefault();
    const text = button.textContent;
    button.disabled = true;
    button.textContent = form.dataset["waiting"];
    try {
      const answer = await fetch(form.action, { method: "POST", body: sentBy(form) });
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      const section = told.querySelector("#in-the-skin");
      if (!answer.ok || !section) throw new Error(answer.statusText);
      place.replaceWith(page.importNode(section, true));
      const script = page.createElement("script");
      script.src = told.querySelector<HTMLScriptElement>("main script[src]")?.getAttribute("src") ?? "";
      script.addEventListener("load", () => page.querySelector<HTMLElement>("#in-the-skin canvas")?.focus());
      page.body.append(script);
    } catch {
      // The page of its own says what is wrong.
      button.disabled = false;
      button.textContent = text;
      form.submit();
    }
  });
}
