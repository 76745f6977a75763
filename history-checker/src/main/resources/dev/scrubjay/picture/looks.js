// How each kind looks: a hue and, for who does not see it, a shape, a pattern or a dash. A kind looks the same in every picture, as
// long as two of its kinds do not want the same look.

const SHAPES = ["circle", "square", "diamond", "up", "down", "hexagon", "star", "plus", "cross", "pentagon"];
const PATTERNS = ["rising", "falling", "dots", "level", "grid", "upright"];
const DASHES = [[], [7, 3], [2, 2.5], [9, 3, 2, 3]];
const HEADS = ["full", "open", "hollow"];
const HUES = 8;

const KNOWN_SPANS = {
    off: {hue: "grey", pattern: "rising"},
    paused: {hue: "grey", pattern: "dots"},
    leads: {hue: "hue0", pattern: "plain"},
    lease: {hue: "hue2", pattern: "level"},
    fault: {hue: "fault", pattern: "falling"},
    operation: {hue: "hue4", pattern: "plain"},
};

function hash(text) {
    let value = 2166136261;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619);
    return (value ^ (value >>> 15)) >>> 0;
}

// The kinds of a table, those with most first; each with its look, and whether it is shown.
function kindsOf(what, table, look) {
    const counts = new Map();
    for (const kind of table.kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const kinds = [...counts].map(([string, size]) => ({what, string, name: strings[string], size, isShown: true}));
    const taken = [new Set(), new Set()];
    for (const kind of [...kinds].sort((a, b) => (a.name < b.name ? -1 : 1))) kind.look = look(kind.name, taken);
    kinds.sort((a, b) => b.size - a.size || byWords(a.name, b.name));
    return {what, list: kinds, of: new Map(kinds.map(kind => [kind.string, kind]))};
}

// The number that a name would like; if it is taken, the next that is not. When all are taken, they begin anew.
function wish(name, count, taken) {
    if (taken.size === count) taken.clear();
    let number = hash(name) % count;
    while (taken.has(number)) number = (number + 1) % count;
    taken.add(number);
    return number;
}

const markKinds = kindsOf("mark", marks, (name, [shapes, hues]) => ({
    shape: SHAPES[wish(name, SHAPES.length, shapes)],
    hue: "hue" + wish(name + " ", HUES, hues),
}));
const arrowKinds = kindsOf("arrow", arrows, (name, [lines, hues]) => {
    const line = wish(name, DASHES.length * HEADS.length, lines);
    return {dash: DASHES[line % DASHES.length], head: HEADS[Math.floor(line / DASHES.length)], hue: "hue" + wish(name + " ", HUES, hues)};
});
const spanKinds = kindsOf("span", spans, (name, [patterns, hues]) =>
    KNOWN_SPANS[name] ?? {hue: "hue" + wish(name + " ", HUES, hues), pattern: PATTERNS[wish(name, PATTERNS.length, patterns)]});
const kindTables = {span: spanKinds, mark: markKinds, arrow: arrowKinds};

// The colours of the style sheet, which has them for light and for dark.
const colours = {};
const COLOURS = ["paper", "panel", "band", "ink", "soft", "faint", "rule", "now", "key", "found", "grey", "fault", ...Array.from({length: HUES}, (_, i) => "hue" + i)];

function readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of COLOURS) colours[name] = style.getPropertyValue("--" + name).trim();
    patterns.clear();
    version.colours++;
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const SMALL = "11px " + FONT;
const SMALL_STRONG = "600 11px " + FONT;
const TINY = "9px " + FONT;

// Widths are asked for again and again, and the same texts.
const widths = new Map();
function widthOf(ctx, text) {
    const key = ctx.font + "\n" + text;
    let width = widths.get(key);
    if (width === undefined) {
        if (widths.size > 20000) widths.clear();
        width = ctx.measureText(text).width;
        widths.set(key, width);
    }
    return width;
}

// As much of a text as fits, without cutting a character in two.
function fitted(ctx, text, room) {
    if (widthOf(ctx, text) <= room) return text;
    const characters = [...text.slice(0, 400)];
    let low = 0;
    let high = characters.length;
    while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if (ctx.measureText(characters.slice(0, middle).join("") + "…").width <= room) low = middle;
        else high = middle - 1;
    }
    return low === 0 ? "" : characters.slice(0, low).join("").trimEnd() + "…";
}

// Labels come in one line, whatever is in them.
const oneLine = text => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ");

function polygon(ctx, x, y, radius, corners, turn) {
    for (let i = 0; i < corners; i++) {
        const angle = turn + (i * 2 * Math.PI) / corners;
        ctx.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    ctx.closePath();
}

// The outline of a shape; all seem of the same size.
function outline(ctx, shape, x, y, r) {
    const up = -Math.PI / 2;
    ctx.beginPath();
    switch (shape) {
        case "circle":
            ctx.arc(x, y, r, 0, 2 * Math.PI);
            break;
        case "square":
            ctx.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
            break;
        case "diamond":
            polygon(ctx, x, y, r * 1.25, 4, up);
            break;
        case "up":
            polygon(ctx, x, y + r * 0.25, r * 1.3, 3, up);
            break;
        case "down":
            polygon(ctx, x, y - r * 0.25, r * 1.3, 3, -up);
            break;
        case "hexagon":
            polygon(ctx, x, y, r * 1.1, 6, 0);
            break;
        case "pentagon":
            polygon(ctx, x, y, r * 1.15, 5, up);
            break;
        case "star":
            for (let i = 0; i < 10; i++) {
                const angle = up + (i * Math.PI) / 5;
                const radius = i % 2 === 0 ? r * 1.4 : r * 0.6;
                ctx.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
            }
            ctx.closePath();
            break;
        default: {
            // A plus; turned by half a right angle, a cross.
            const turn = shape === "cross" ? Math.PI / 4 : 0;
            const arm = r * 1.2;
            const half = r * 0.42;
            const corners = [[half, -arm], [half, -half], [arm, -half], [arm, half], [half, half], [half, arm]];
            for (const [dx, dy] of [...corners, ...corners.map(([dx, dy]) => [-dx, -dy])]) {
                ctx.lineTo(x + dx * Math.cos(turn) - dy * Math.sin(turn), y + dx * Math.sin(turn) + dy * Math.cos(turn));
            }
            ctx.closePath();
        }
    }
}

function drawShape(ctx, look, x, y, r) {
    outline(ctx, look.shape, x, y, r);
    ctx.fillStyle = colours[look.hue];
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.panel;
    ctx.stroke();
}

function drawHead(ctx, head, x, y, angle, size) {
    ctx.setLineDash([]);
    ctx.beginPath();
    const side = turn => ctx.lineTo(x - size * Math.cos(angle + turn), y - size * Math.sin(angle + turn));
    side(0.42);
    ctx.lineTo(x, y);
    side(-0.42);
    if (head !== "open") ctx.closePath();
    if (head === "full") {
        ctx.fillStyle = ctx.strokeStyle;
        ctx.fill();
    } else {
        if (head === "hollow") {
            ctx.fillStyle = colours.panel;
            ctx.fill();
        }
        ctx.stroke();
    }
}

function drawCross(ctx, x, y, size) {
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x + size, y - size);
    ctx.lineTo(x - size, y + size);
    ctx.stroke();
}

// A tile of 8 by 8, drawn once for each look and density of pixels.
const patterns = new Map();
function patternOf(ctx, look) {
    const scale = window.devicePixelRatio || 1;
    const key = look.hue + " " + look.pattern + " " + scale;
    if (!patterns.has(key)) {
        const tile = document.createElement("canvas");
        tile.width = tile.height = Math.round(8 * scale);
        const pen = tile.getContext("2d");
        pen.scale(tile.width / 8, tile.height / 8);
        drawTile(pen, look.pattern, colours[look.hue]);
        const pattern = ctx.createPattern(tile, "repeat");
        pattern.setTransform(new DOMMatrix().scale(8 / tile.width));
        patterns.set(key, pattern);
    }
    return patterns.get(key);
}

function drawTile(pen, pattern, colour) {
    pen.fillStyle = pen.strokeStyle = colour;
    pen.lineWidth = 1.2;
    const line = (...points) => {
        pen.beginPath();
        pen.moveTo(points[0], points[1]);
        pen.lineTo(points[2], points[3]);
        pen.stroke();
    };
    if (pattern === "rising") for (const shift of [-8, 0, 8]) line(shift - 1, 9, shift + 9, -1);
    if (pattern === "falling") for (const shift of [-8, 0, 8]) line(shift - 1, -1, shift + 9, 9);
    if (pattern === "level" || pattern === "grid") line(0, 6.5, 8, 6.5);
    if (pattern === "level") line(0, 2.5, 8, 2.5);
    if (pattern === "upright" || pattern === "grid") line(4, 0, 4, 8);
    if (pattern === "dots") {
        for (const [x, y] of [[2, 2], [6, 6]]) {
            pen.beginPath();
            pen.arc(x, y, 1.1, 0, 2 * Math.PI);
            pen.fill();
        }
    }
}

function drawBar(ctx, look, x, y, width, height) {
    ctx.fillStyle = colours.panel;
    ctx.fillRect(x, y, width, height);
    const alpha = ctx.globalAlpha;
    ctx.globalAlpha = alpha * 0.2;
    ctx.fillStyle = colours[look.hue];
    ctx.fillRect(x, y, width, height);
    if (look.pattern !== "plain") {
        ctx.globalAlpha = alpha * 0.55;
        ctx.fillStyle = patternOf(ctx, look);
        ctx.fillRect(x, y, width, height);
    }
    ctx.globalAlpha = alpha;
    ctx.fillStyle = colours[look.hue];
    ctx.fillRect(x, y, width, 1);
    ctx.fillRect(x, y + height - 1, width, 1);
    ctx.fillRect(x, y, Math.min(2, width), height);
    ctx.fillRect(x + width - 1, y, 1, height);
}

// A sample of a kind, for lists.
function sample(kind) {
    const canvas = document.createElement("canvas");
    const scale = window.devicePixelRatio || 1;
    const width = kind.what === "mark" ? 16 : 28;
    canvas.className = "sample";
    canvas.width = width * scale;
    canvas.height = 14 * scale;
    canvas.style.width = width + "px";
    canvas.style.height = "14px";
    const ctx = canvas.getContext("2d");
    ctx.scale(scale, scale);
    if (kind.what === "mark") drawShape(ctx, kind.look, 8, 7, 4.5);
    if (kind.what === "span") drawBar(ctx, kind.look, 0.5, 1, 27, 12);
    if (kind.what === "arrow") {
        ctx.strokeStyle = colours[kind.look.hue];
        ctx.lineWidth = 1.5;
        ctx.setLineDash(kind.look.dash);
        ctx.beginPath();
        ctx.moveTo(1, 7);
        ctx.lineTo(21, 7);
        ctx.stroke();
        drawHead(ctx, kind.look.head, 27, 7, 0, 8);
    }
    return canvas;
}
