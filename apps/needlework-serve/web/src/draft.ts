// Keeps the answers of an interview in this browser, where somebody asks for it, and drops them where somebody says so.
// Without that nothing is kept: every form carries what was answered.
const KEY = "needlework.draft";

export function draft(page: Document, storage: Storage): void {
  const words = page.querySelector<HTMLElement>("[data-keep]");
  if (words) offer(page, storage, words);
  const form = page.querySelector<HTMLFormElement>("form[data-draft]");
  if (form) resume(storage, form);
}

function field(form: ParentNode, name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`);
}

// Beside a question: keep, or keep no longer. What is kept follows every answer.
function offer(page: Document, storage: Storage, words: HTMLElement): void {
  const form = words.closest("form");
  const steps = form?.querySelector(".far");
  if (!form || !steps) return;
  const line = page.createElement("p");
  line.className = "far own";
  const told = page.createElement("span");
  told.setAttribute("role", "status");
  const button = page.createElement("button");
  button.type = "button";
  button.className = "plain";
  line.append(button, told);
  steps.after(line);
  const keep = (): void => {
    const kept = { so_far: field(form, "so_far")?.value ?? "", door: field(form, "door")?.value ?? "" };
    storage.setItem(KEY, JSON.stringify(kept));
  };
  const show = (): void => {
    const kept = storage.getItem(KEY) !== null;
    told.hidden = !kept;
    told.textContent = kept ? (words.dataset["kept"] ?? "") : "";
    button.textContent = (kept ? words.dataset["drop"] : words.dataset["keep"]) ?? "";
  };
  if (storage.getItem(KEY) !== null) keep();
  button.addEventListener("click", () => {
    if (storage.getItem(KEY) === null) keep();
    else storage.removeItem(KEY);
    show();
  });
  show();
}

// On the first page: go on with what is kept, or forget it.
function resume(storage: Storage, form: HTMLFormElement): void {
  const kept = read(storage.getItem(KEY));
  const [soFar, door, forget] = [field(form, "so_far"), field(form, "door"), form.querySelector("button[type=button]")];
  if (!kept || !soFar || !door || !forget) return;
  [soFar.value, door.value] = kept;
  form.hidden = false;
  forget.addEventListener("click", () => {
    storage.removeItem(KEY);
    form.hidden = true;
  });
}

function read(text: string | null): [string, string] | null {
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== "object" || kept === null) return null;
    const { so_far, door } = kept as Record<string, unknown>;
    return typeof so_far === "string" && typeof door === "string" ? [so_far, door] : null;
  } catch {
    return null;
  }
}
