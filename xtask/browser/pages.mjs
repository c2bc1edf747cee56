// The browser and the ways in which a page is looked at; shared by the audit and the gallery.
import { spawn } from "node:child_process";
import { chromium } from "playwright-core";

// Light and dark on a desk, and on a phone of 390 px.
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
// A4 between margins of 15 mm, at 96 px an inch.
export const paper = { width: 680, height: 1009 };
export const schemes = [
  { name: "light", options: { viewport: desk, colorScheme: "light", bypassCSP: true } },
  { name: "dark", options: { viewport: desk, colorScheme: "dark", bypassCSP: true } },
  { name: "phone", options: { viewport: phone, colorScheme: "light", isMobile: true, bypassCSP: true } },
];

export async function open(executablePath) {
  // Root in a container has no sandbox to run in; the pages are our own files and load nothing.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--hide-scrollbars"];
  return chromium.launch({ executablePath, args });
}

// Starts the program on a free port, and says where its page is.
export async function serve(program) {
  const served = spawn(program, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((told, failed) => {
    served.stdout.on("data", (text) => {
      const found = String(text).match(/http:\/\/[^\s]+/);
      if (found) told(found[0]);
    });
    served.on("error", failed);
    served.on("exit", () => failed(new Error("the program ended before it said where the page is")));
  });
  return { served, address };
}
