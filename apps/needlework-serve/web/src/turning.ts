// A block of skin that turns, and goes through its moments: by dragging, by keys, by buttons, by a slider. What is seen stands beside it in words.
// Nothing moves by itself where somebody wants less motion.
import { type Collagen, type Labels, type Moment, type Side, type Skin, paint } from "./solid";

interface Stop { label: string; text: string; month: number | null; needles: boolean; open: boolean }
interface Words { canvas: string; left: string; right: string; up: string; down: string; play: string; pause: string; without: string; when: string; depth: string; scale: string }
interface Numbers { skin: Skin; collagen: Collagen | null; stops: Stop[]; labels: string[]; names: string[]; words: Words }

const STEP = Math.PI / 12;
const LOWEST = 0.06;
const HIGHEST = 1.45;
// How long the needles take to go in or out, and how long a month is shown, milliseconds; and how far it turns meanwhile in a second.
const STING = 1100;
const MONTH = 900;
const TURN = 0.22;

export function turning(section: HTMLElement): void {
  const text = section.dataset["block"];
  const stills = section.querySelector<HTMLElement>(".stills");
  if (!text || !stills || section.querySelector("canvas")) return;
  const { skin, collagen, stops, labels, names, words } = JSON.parse(text) as Numbers;
  const said: Labels = { labels, names, depth: words.depth, scale: words.scale };
  const side: Side = { yaw: -0.5, pitch: 0.42 };
  let at = Math.max(0, stops.findIndex((stop) => stop.needles));
  // Whether the twin is shown that no needle touches.
  let twin = false;
  // How far the needles are in, while they move.
  let needles: number | null = null;

  const make = <K extends keyof HTMLElementTagNameMap>(kind: K, name: string, inside: (Node | string)[] = []): HTMLElementTagNameMap[K] => {
    const made = document.createElement(kind);
    made.className = name;
    made.append(...inside);
    return made;
  };
  const button = (name: string, act: () => void): HTMLButtonElement => {
    const made = make("button", "plain", [name]);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const canvas = make("canvas", "turning");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words.canvas);
  const slider = make("input", "");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(stops.length - 1);
  slider.step = "1";
  const told = make("output", "");
  const seen = make("p", "seen");
  seen.setAttribute("aria-live", "polite");
  const less = window.matchMedia("(prefers-reduced-motion: reduce)");
  const play = button(words.play, () => (running ? halt() : run()));

  const moment = (): Moment => {
    const stop = stops[at] as Stop;
    const month = stop.month === null ? undefined : collagen?.months[stop.month];
    const treated = (twin ? month?.untreated : month?.treated) ?? null;
    if (twin) return { holes: "none", needles: 0, treated };
    const into = needles ?? (stop.needles ? 1 : 0);
    const before = at === 0;
    return { holes: stop.open ? "open" : stop.needles || before ? "none" : "closed", needles: into, treated };
  };
  const draw = (): void => paint(canvas, skin, collagen, said, moment(), side);
  const show = (): void => {
    const stop = stops[at] as Stop;
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", stop.label);
    told.textContent = stop.label;
    seen.textContent = stop.text;
    draw();
  };
  const turn = (yaw: number, pitch: number): void => {
    side.yaw += yaw;
    side.pitch = Math.min(HIGHEST, Math.max(LOWEST, side.pitch + pitch));
    draw();
  };

  // Playing: the needles go in and come out, then month follows month.
  let running = 0;
  let since = 0;
  let last = 0;
  const halt = (): void => {
    cancelAnimationFrame(running);
    running = 0;
    needles = null;
    play.textContent = words.play;
    seen.setAttribute("aria-live", "polite");
    show();
  };
  const frame = (now: number): void => {
    if (!canvas.isConnected) return halt();
    side.yaw += (TURN * Math.min(100, now - last)) / 1000;
    last = now;
    const stop = stops[at] as Stop;
    const gone = now - since;
    const out = at > 0 && (stops[at - 1] as Stop).needles;
    needles = stop.needles ? Math.min(1, gone / STING) : out && gone < STING ? 1 - gone / STING : null;
    if (gone > (stop.needles || out ? 2 * STING : MONTH)) {
      if (at === stops.length - 1) return halt();
      at += 1;
      since = now;
      needles = stops[at]?.needles ? 0 : out || !stop.needles ? null : 1;
      show();
    } else draw();
    running = requestAnimationFrame(frame);
  };
  const run = (): void => {
    if (at === stops.length - 1) at = 0;
    play.textContent = words.pause;
    // A voice that reads each month aloud would never come to an end of one.
    seen.setAttribute("aria-live", "off");
    since = last = performance.now();
    show();
    running = requestAnimationFrame(frame);
  };

  slider.addEventListener("input", () => {
    const wanted = Number(slider.value);
    if (running) halt();
    at = wanted;
    show();
  });
  const keys: Record<string, readonly [number, number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP / 2], ArrowDown: [0, -STEP / 2] };
  canvas.addEventListener("keydown", (event) => {
    const way = keys[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    turn(...way);
  });
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) turn(event.movementX / 120, event.pointerType === "touch" ? 0 : event.movementY / 160);
  });
  less.addEventListener("change", () => {
    if (less.matches && running) halt();
    play.hidden = less.matches;
  });
  play.hidden = less.matches;
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  new ResizeObserver(draw).observe(canvas);

  const when = make("label", "", [words.when, slider]);
  const without = button(words.without, () => {
    twin = !twin;
    without.setAttribute("aria-pressed", String(twin));
    draw();
  });
  without.setAttribute("aria-pressed", "false");
  without.hidden = !collagen || !skin.holes.length;
  const turns = make("p", "steps", [
    play,
    button(words.left, () => turn(-STEP, 0)),
    button(words.right, () => turn(STEP, 0)),
    button(words.up, () => turn(0, STEP / 2)),
    button(words.down, () => turn(0, -STEP / 2)),
    without,
  ]);
  stills.replaceChildren(canvas, make("p", "slider", [when, told]), seen, turns);
  show();
}
