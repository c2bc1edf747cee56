// Draws a block of skin on a canvas, from whatever side: to scale, seen from infinitely far, what is behind first. Walls at the back are opaque and
// bear the layers with the shade of collagen; walls in front are glass.

export interface Layer { name: string; from_um: number; to_um: number }
export interface Hole { x_um: number; y_um: number; depth_um: number; shoulder_um: number; radius_um: number; tip_radius_um: number }
export interface Skin { side_um: number; shown_to_um: number; layers: Layer[]; holes: Hole[] }
export interface Collagen { normal: number; depths_um: number[]; months: { treated: number[]; untreated: number[] }[] }
export interface Labels { labels: string[]; names: string[]; depth: string; scale: string }

// What is seen of the holes: nothing, open holes, where they were; and how far the needles are in, from 0 to 1.
export interface Moment { holes: "none" | "open" | "closed"; needles: number; treated: number[] | null }
export interface Side { yaw: number; pitch: number }

type Point = readonly [number, number];
type Place = (x: number, y: number, z: number) => Point;

const UM = 1000;
const STRONGEST = 0.9;
const APART = 17;
// How far a needle stands out above the surface, and how far it is lifted before it goes in, mm.
const SHAFT = 0.4;
const LIFT = 0.2;
const LAYERS = ["--muted", "--layer0", "--layer1", "--layer2", "--fat"];

export function paint(canvas: HTMLCanvasElement, skin: Skin, collagen: Collagen | null, said: Labels, moment: Moment, side: Side): void {
  const pen = canvas.getContext("2d");
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (!pen || !width || !height) return;
  const fine = Math.max(1, window.devicePixelRatio || 1);
  if (canvas.width !== Math.round(width * fine)) canvas.width = Math.round(width * fine);
  if (canvas.height !== Math.round(height * fine)) canvas.height = Math.round(height * fine);
  pen.setTransform(fine, 0, 0, fine, 0, 0);
  pen.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const ink = (name: string): string => style.getPropertyValue(name).trim();
  const narrow = width < 520;
  const size = narrow ? 12 : 13;
  pen.font = `${size}px ${style.fontFamily}`;

  const half = skin.side_um / UM / 2;
  const deep = skin.shown_to_um / UM;
  const texts = narrow ? said.names : said.labels;
  const names = Math.max(...texts.map((text) => pen.measureText(text).width)) + 26;
  const axis = 44;
  const [turn, tilt] = [Math.cos(side.yaw), Math.sin(side.yaw)];
  const [upright, flat] = [Math.cos(side.pitch), Math.sin(side.pitch)];
  // One scale all around, so that the block doesn't breathe as it turns.
  const reach = half * Math.SQRT2;
  const above = SHAFT + LIFT;
  const tall = 2 * reach * flat + (above + deep) * upright;
  const scale = Math.min((width - axis - names) / (2 * reach), (height - 34) / tall);
  const middle = axis + (width - axis - names) / 2;
  const centre = (height - 24) / 2 - (scale * upright * (deep - above)) / 2;
  const away = (x: number, y: number): number => x * tilt + y * turn;
  const at: Place = (x, y, z) => [middle + scale * (x * turn - y * tilt), centre + scale * (away(x, y) * flat + z * upright)];

  const fill = (points: Point[], colour: string, alpha = 1, rim = ""): void => {
    pen.globalAlpha = alpha;
    pen.fillStyle = colour;
    trace(pen, points, true);
    pen.fill();
    if (rim) {
      pen.strokeStyle = rim;
      pen.lineWidth = 0.8;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  };
  const line = (points: Point[], colour: string, thick: number, dash: number[] = []): void => {
    pen.strokeStyle = colour;
    pen.lineWidth = thick;
    pen.setLineDash(dash);
    trace(pen, points, false);
    pen.stroke();
    pen.setLineDash([]);
  };

  const corners: Point[] = [[-half, -half], [half, -half], [half, half], [-half, half]];
  const walls = corners.map((from, place): readonly [Point, Point] => [from, corners[(place + 1) % 4] as Point]);
  const behind = ([a, b]: readonly [Point, Point]): boolean => away((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) < 0;
  const strip = ([a, b]: readonly [Point, Point], from: number, to: number): Point[] => [at(a[0], a[1], from), at(b[0], b[1], from), at(b[0], b[1], to), at(a[0], a[1], to)];
  const bands = skin.layers.map((layer, place) => ({ from: layer.from_um / UM, to: Math.min(layer.to_um / UM, deep), colour: ink(LAYERS[place] ?? "--fat") }));
  const shades = (moment.treated ?? []).map((value, place) => ({
    from: (collagen?.depths_um[place] ?? 0) / UM,
    to: (collagen?.depths_um[place + 1] ?? 0) / UM,
    share: collagen ? (value - 1) / (collagen.normal - 1) : 0,
  }));
  const wall = (one: readonly [Point, Point], alpha: number): void => {
    for (const { from, to, colour } of bands) fill(strip(one, from, to), colour, alpha);
    // A hair's breadth of overlap, so that no seam of the ground is seen between two shades.
    for (const { from, to, share } of shades) {
      const strength = alpha * STRONGEST * Math.min(1, Math.abs(share));
      if (strength > 0) fill(strip(one, from, to), ink(share < 0 ? "--untreated" : "--treated"), strength);
    }
    for (const { to } of bands) line(strip(one, to, to).slice(0, 2), ink("--muted"), 0.6);
  };

  fill(corners.map(([x, y]) => at(x, y, deep)), ink("--fat"));
  for (const one of walls.filter(behind)) wall(one, 1);
  for (const [a] of walls) line([at(a[0], a[1], 0), at(a[0], a[1], deep)], ink("--muted"), 0.8);

  const holes = [...skin.holes].map((hole) => ({ hole, x: hole.x_um / UM - half, y: hole.y_um / UM - half })).sort((a, b) => away(a.x, a.y) - away(b.x, b.y));
  // A hole or a needle from the side: upright, round, with a cone at its end.
  const spike = (x: number, y: number, top: number, shoulder: number, tip: number, wide: number, end: number): Point[] => {
    const [px, high] = at(x, y, top);
    const low = at(x, y, tip)[1];
    const knee = at(x, y, Math.max(top, shoulder))[1];
    const [r, e] = [Math.max(0.7, wide * scale), end * scale];
    return [[px - r, high], [px - r, knee], [px - e, low], [px + e, low], [px + r, knee], [px + r, high]];
  };
  const lifted = (1 - moment.needles) * (deep + LIFT);
  for (const { hole, x, y } of holes) {
    const [depth, shoulder] = [hole.depth_um / UM, hole.shoulder_um / UM];
    const [wide, end] = [hole.radius_um / UM, hole.tip_radius_um / UM];
    if (moment.holes === "closed") line([at(x, y, 0), at(x, y, depth)], ink("--hole"), 1.2, [2, 4]);
    if (moment.holes === "open") fill(spike(x, y, 0, shoulder, depth, wide, end), ink("--hole"), 0.85);
    if (moment.needles > 0 && depth - lifted > 0) {
      fill(spike(x, y, 0, shoulder, depth, wide, end), ink("--hole"), 0.85);
      fill(spike(x, y, 0, shoulder - lifted, depth - lifted, 0.7 * wide, end), ink("--muted"), 1, ink("--card"));
    }
  }

  for (const one of walls.filter((one) => !behind(one))) wall(one, 0.16);
  fill(corners.map(([x, y]) => at(x, y, 0)), ink("--layer0"), 0.35);
  line([...corners, corners[0] as Point].map(([x, y]) => at(x, y, 0)), ink("--ink"), 1.4);
  const rim = (one: readonly [Point, Point]): void => line(strip(one, deep, deep).slice(0, 2), ink("--muted"), 0.8);
  walls.forEach(rim);
  for (const { hole, x, y } of holes) {
    const wide = hole.radius_um / UM;
    const [px, py] = at(x, y, 0);
    // Nothing but a dot is left at the surface once a hole has closed.
    const open = moment.holes === "open" || moment.needles > 0;
    if (open || moment.holes === "closed") {
      const seen = open ? wide * scale : 1;
      pen.beginPath();
      pen.ellipse(px, py, Math.max(0.8, seen), Math.max(0.5, seen * flat), 0, 0, 2 * Math.PI);
      pen.fillStyle = ink("--hole");
      pen.fill();
    }
    if (moment.needles > 0) {
      const tip = hole.depth_um / UM - lifted;
      const top = Math.max(-above, tip - hole.depth_um / UM - SHAFT);
      fill(spike(x, y, top, Math.min(0, hole.shoulder_um / UM - lifted), Math.min(0, tip), 0.7 * wide, tip < 0 ? hole.tip_radius_um / UM : 0.7 * wide), ink("--muted"), 1, ink("--card"));
    }
  }

  // Names at the edge that is furthest right, depths at the one that is furthest left.
  const edges = corners.map(([x, y]) => ({ x, y, px: at(x, y, 0)[0] }));
  const right = edges.reduce((a, b) => (b.px > a.px ? b : a));
  const left = edges.reduce((a, b) => (b.px < a.px ? b : a));
  const wanted = bands.map(({ from, to }) => at(right.x, right.y, (from + to) / 2)[1]);
  const put = [...wanted];
  for (let place = put.length - 2; place >= 0; place -= 1) put[place] = Math.min(put[place] as number, (put[place + 1] as number) - APART);
  const over = 10 - (put[0] ?? 10);
  if (over > 0) put.forEach((y, place) => (put[place] = Math.max(y, 10 + place * APART)));
  pen.textBaseline = "middle";
  pen.fillStyle = ink("--ink");
  pen.textAlign = "left";
  texts.forEach((text, place) => {
    const y = put[place] as number;
    line([[right.px, wanted[place] as number], [right.px + 12, y], [right.px + 16, y]], ink("--muted"), 0.8);
    pen.fillText(text, right.px + 20, y);
  });
  pen.fillStyle = ink("--muted");
  pen.textAlign = "right";
  if (upright * scale > 30) {
    for (let depth = 0; depth <= deep; depth += 0.5) {
      const [px, py] = at(left.x, left.y, depth);
      line([[px - 5, py], [px, py]], ink("--muted"), 1);
      pen.fillText(String(depth), px - 8, py);
    }
  }
  const foot = height - 10;
  pen.textAlign = "left";
  pen.fillText(said.depth, 10, foot);
  line([[middle - scale / 2, foot], [middle + scale / 2, foot]], ink("--ink"), 2);
  pen.fillText(said.scale, middle + scale / 2 + 8, foot);
}

function trace(pen: CanvasRenderingContext2D, points: Point[], closed: boolean): void {
  pen.beginPath();
  points.forEach(([x, y], place) => (place ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  if (closed) pen.closePath();
}
