// What lies where. Vertically: each lane has rows of spans, so that none hides another, under them the line on which moments lie and
// at which messages begin and end, and under that rows for labels. Horizontally: time, from the left edge of the window to the right.

const MARGIN = 8; // left and right of the window; the slider keeps the same, so that its knob is above the line of the time
const RULER = 24;
const ROW = 16; // of a span, with the gap under it
const LINE = 18;
const BARE_LINE = 10; // without moments
const LABEL = 13;
const LABELS_MAX = 5;
const LANE_MIN = 34;
const LANE_EDGE = 4;
const STEP = 11; // pixels; moments that are closer are drawn as one
const ARROWS_MAX = 1200; // messages drawn one by one; of more, those of the same way and almost the same time become one
const BUNDLE = 8; // pixels that make almost the same time; twice as many while there are more bundles than
const BUNDLES_MAX = 1500;

const plot = {width: 0, height: 0, scroll: 0, total: 0};

// Puts the spans of a lane into rows: each into one where it has room, best into the one that ends with its kind.
function rowsOf(lane) {
    const rows = [];
    for (const i of lane.spans) {
        const isFree = row => row.end < spans.from[i] || (row.end === spans.from[i] && row.hasLength && spans.to[i] > spans.from[i]);
        const row = rows.find(row => isFree(row) && row.kind === spans.kind[i]) ?? rows.find(isFree) ?? newRow();
        row.spans.push(i);
        row.end = spans.to[i];
        row.hasLength = spans.to[i] > spans.from[i];
        row.kind = spans.kind[i];
    }
    function newRow() {
        rows.push({spans: []});
        return rows[rows.length - 1];
    }
    return rows;
}

for (const lane of lanes) {
    lane.rows = rowsOf(lane);
    lane.hasLine = lane.marks.length > 0 || lane.hasArrows;
    lane.lineHeight = lane.marks.length > 0 ? LINE : lane.hasArrows ? BARE_LINE : 0;
    lane.hasKeys = lane.marks.some(i => marks.key[i]);
}

// Gives each lane its height: what it needs, and of what is left rows for labels; the first to lanes of the story.
function layLanes() {
    const heightOf = lane => Math.max(LANE_MIN, 2 * LANE_EDGE + lane.rows.length * ROW + lane.lineHeight + lane.labels * LABEL);
    for (const lane of lanes) lane.labels = lane.hasKeys ? 1 : 0;
    const sum = () => lanes.reduce((height, lane) => height + heightOf(lane), 0);
    for (let labels = 1; labels <= LABELS_MAX; labels++) {
        const before = lanes.map(lane => lane.labels);
        for (const lane of lanes) if (lane.marks.length > 0) lane.labels = labels;
        if (sum() > plot.height - RULER) {
            lanes.forEach((lane, i) => (lane.labels = before[i]));
            break;
        }
    }
    let y = 0;
    for (const lane of lanes) {
        lane.top = y;
        lane.height = heightOf(lane);
        lane.line = lane.rows.length + lane.labels > 0 ? y + LANE_EDGE + lane.rows.length * ROW + lane.lineHeight / 2 : y + lane.height / 2;
        y += lane.height;
    }
    plot.total = y;
    version.layout++;
}

const scale = () => (plot.width - 2 * MARGIN) / (view.to - view.from);
const xOf = time => MARGIN + (time - view.from) * scale();
const timeAt = x => view.from + (x - MARGIN) / scale();

// The moments of a lane, those that are closer than a symbol is wide as one. It begins at the first moment of all, not of the window:
// so what is one stays one while the window moves.
function clustersOf(lane) {
    const key = scale() + " " + version.filter + " " + version.query;
    if (lane.clustersKey === key) return lane.clusters;
    const apart = STEP / scale();
    const clusters = [];
    let open = null;
    for (const i of lane.marks) {
        if (!isShown(markKinds, marks, i)) continue;
        if (open === null || marks.at[i] - open.from >= apart) {
            open = {lane, from: marks.at[i], to: marks.at[i], at: marks.at[i], lead: i, members: [], isKey: false, isFound: false};
            clusters.push(open);
        }
        open.members.push(i);
        open.to = marks.at[i];
        if (marks.key[i] && !open.isKey) {
            open.isKey = true;
            open.lead = i;
            open.at = marks.at[i];
        }
        if (textHas !== null && isFound.mark(i)) open.isFound = true;
    }
    lane.clustersKey = key;
    lane.clusters = clusters;
    return clusters;
}

// The messages of the window, in the order of time: those of the story, and of the others either each, or bundles. A bundle is drawn as
// one message of it, taken without order, not as their mean: so many bundles look like what they stand for, and not like a fence.
function arrowsInWindow() {
    const keys = [];
    const plain = [];
    const stub = 14 / scale();
    const first = lowerBound(arrows.sent, view.from - Math.max(longestArrow, stub));
    for (let i = first; i < arrows.size && arrows.sent[i] <= view.to; i++) {
        const end = isLost(i) ? arrows.sent[i] + stub : arrows.arrived[i];
        if (end >= view.from && isShown(arrowKinds, arrows, i)) (arrows.key[i] ? keys : plain).push(i);
    }
    return {keys, plain, bundles: plain.length > ARROWS_MAX ? bundled(plain) : null};
}

function bundled(list) {
    let pixels = BUNDLE;
    let bundles = bundlesOf(list, pixels);
    while (bundles.length > BUNDLES_MAX && pixels < 64) {
        pixels *= 2;
        bundles = bundlesOf(list, pixels);
    }
    return bundles;
}

function bundlesOf(list, pixels) {
    const width = pixels / scale();
    const bundles = new Map();
    for (const i of list) {
        const way = (arrows.from[i] * lanes.length + arrows.to[i]) * 2 + (isLost(i) ? 1 : 0);
        const key = Math.floor(arrows.sent[i] / width) * (2 * lanes.length * lanes.length) + way;
        let bundle = bundles.get(key);
        if (bundle === undefined) {
            bundle = {lead: i, members: [], isFound: false};
            bundles.set(key, bundle);
        }
        bundle.members.push(i);
        if (textHas !== null && isFound.arrow(i)) bundle.isFound = true;
    }
    for (const bundle of bundles.values()) bundle.lead = bundle.members[(Math.imul(bundle.lead + 1, 2654435761) >>> 8) % bundle.members.length];
    return [...bundles.values()];
}

// Ticks at round times, not closer than a label is wide.
function ticks() {
    const least = 96 / scale();
    const power = 10 ** Math.floor(Math.log10(least));
    const size = Math.max(1, [1, 2, 5, 10].map(digit => digit * power).find(step => step >= least));
    const places = clamp(Math.ceil(9 - Math.log10(size)), 0, 9);
    const shift = isAbsolute ? begin % size : 0;
    const list = [];
    for (let at = Math.ceil((view.from + shift) / size) * size - shift; at <= view.to; at += size) list.push(at);
    return {list, places, size};
}
