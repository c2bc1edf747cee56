// Opens a file of this machine into the field of a case; without a script it is pasted there.
export function files(page: Document): void {
  page.querySelectorAll<HTMLTextAreaElement>("textarea[data-open]").forEach((area, at) => {
    const line = page.createElement("p");
    line.className = "steps";
    const label = page.createElement("label");
    const input = page.createElement("input");
    input.type = "file";
    input.accept = ".toml,text/plain";
    input.id = `file-${at}`;
    label.htmlFor = input.id;
    label.textContent = area.dataset["open"] ?? "";
    line.append(label, input);
    area.before(line);
    input.addEventListener("change", async () => {
      const file = input.files?.[0];
      if (file) area.value = await file.text();
    });
  });
}
