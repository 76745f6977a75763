// Draws the lanes, and over them all of the time as an overview. What is drawn is also noted in `hits`, so that what lies under the
// cursor can be found.

const canvas = document.getElementById("plot");
const canvasCtx = canvas.getContext("2d");
const layer = document.createElement("canvas"); // all that stays while the slider moves, and the mouse
const layerCtx = layer.getContext("2d");
let ctx = layerCtx;
let layerKey = "";
const overview = document.getElementById("overview");
const overviewCtx = overview.getContext("2d");

let hits = [];
let written = []; // where text stands, so that no other is put there
let seen = {}; // how much of what was drawn, for the line under the lanes
let drag = null; // a range that is being drawn: {from, to}
let hoverX = null;

// Makes a canvas as fine as the screen.
function fitCanvas(element, context, width, height) {
    const pixels = window.devicePixelRatio || 1;
    if (element.width !== Math.round(width * pixels) || element.height !== Math.round(height * pixels)) {
        element.width = Math.round(width * pixels);
        element.height = Math.round(height * pixels);
        element.style.height = height + "px";
    }
    context.setTransform(element.width / width, 0, 0, element.height / height, 0, 0);
}

function draw() {
    const grid = ticks();
    const key = [view.from, view.to, plot.scroll, plot.width, plot.height, window.devicePixelRatio, ...Object.values(version)].join();
    if (key !== layerKey) {
        layerKey = key;
        ctx = layerCtx;
        fitCanvas(layer, ctx, plot.width, plot.height);
        drawLayer(grid);
    }
    ctx = canvasCtx;
    fitCanvas(canvas, ctx, plot.width, plot.height);
    ctx.drawImage(layer, 0, 0, plot.width, plot.height);
    ctx.textBaseline = "middle";
    ctx.save();
    clipToLanes();
    drawHere();
    drawPinned();
    ctx.restore();
    drawCursor();
    drawNow(grid);
    drawDrag();
}

function clipToLanes() {
    ctx.beginPath();
    ctx.rect(0, RULER, plot.width, plot.height - RULER);
    ctx.clip();
    ctx.translate(0, RULER - plot.scroll);
}

function drawLayer(grid) {
    hits = [];
    written = [];
    seen = {marks: 0, marksAlone: 0, clusters: 0, clustered: 0, arrows: 0, bundles: 0, bundled: 0, spans: 0, heaps: 0, heaped: 0};
    ctx.globalAlpha = 1;
    ctx.fillStyle = colours.panel;
    ctx.fillRect(0, 0, plot.width, plot.height);
    ctx.textBaseline = "middle";
    ctx.save();
    clipToLanes();
    const inView = lanes.filter(lane => lane.top + lane.height > plot.scroll && lane.top < plot.scroll + plot.height);
    drawGround(inView, grid);
    const {keys, plain, bundles} = arrowsInWindow();
    seen.arrows = keys.length + plain.length;
    const labelled = [];
    if (bundles !== null) for (const bundle of bundles) drawBundle(bundle);
    for (const lane of inView) drawSpans(lane);
    if (bundles === null) for (const arrow of plain) drawArrow(arrow, labelled);
    for (const lane of inView) drawLine(lane);
    for (const arrow of keys) drawArrow(arrow, labelled);
    for (const lane of inView) drawMarks(lane);
    for (const lane of lanes) if (!inView.includes(lane)) countMarks(lane);
    drawArrowLabels(labelled);
    ctx.restore();
    drawRuler(grid);
}

// Bands, the grid, and the shades of what was done to all and of who is off.
function drawGround(inView, grid) {
    inView.forEach(lane => {
        if (lane.index % 2 === 1) {
            ctx.fillStyle = colours.band;
            ctx.fillRect(0, lane.top, plot.width, lane.height);
        }
        if (lane.isFirstOfKind) {
            ctx.fillStyle = colours.faint;
            ctx.fillRect(0, lane.top, plot.width, 1);
        }
    });
    ctx.fillStyle = colours.rule;
    for (const at of grid.list) ctx.fillRect(Math.round(xOf(at)), 0, 1, plot.total);
    for (const lane of lanes) {
        for (const i of lane.spans) {
            const name = strings[spans.kind[i]];
            const isShade = lane.kind === "world" || name === "off" || name === "paused";
            if (!isShade || !isShown(spanKinds, spans, i) || spans.to[i] < view.from || spans.from[i] > view.to) continue;
            const x = xOf(Math.max(spans.from[i], view.from - 1));
            const width = Math.max(1, xOf(Math.min(spans.to[i], view.to + 1)) - x);
            ctx.globalAlpha = lane.kind === "world" ? 0.06 : 0.16;
            ctx.fillStyle = colours[lane.kind === "world" ? "fault" : "grey"];
            if (lane.kind === "world") ctx.fillRect(x, lane.top, width, plot.total);
            else ctx.fillRect(x, lane.top, width, lane.height);
        }
    }
    ctx.globalAlpha = 1;
}

// How strongly something is drawn: what is searched stands out, and so does the story.
function strength(isFoundHere, isPlain) {
    if (textHas !== null) return isFoundHere ? 1 : 0.22;
    return isPlain && hasKeys ? 0.75 : 1;
}

function drawSpans(lane) {
    ctx.font = SMALL;
    lane.rows.forEach((row, number) => {
        const y = lane.top + LANE_EDGE + number * ROW;
        const height = ROW - 3;
        let heap = null;
        const drawHeap = () => {
            if (heap === null) return;
            if (heap.members.length === 1) drawSpan(heap.members[0], y, height);
            else drawSpanHeap(heap, y, height, lane);
            heap = null;
        };
        for (const i of row.spans) {
            if (spans.from[i] > view.to) break;
            if (spans.to[i] < view.from || !isShown(spanKinds, spans, i)) continue;
            seen.spans++;
            const x = xOf(spans.from[i]);
            const end = xOf(spans.to[i]);
            if (end - x >= 4) {
                drawHeap();
                drawSpan(i, y, height);
            } else {
                if (heap !== null && x - heap.end > 2) drawHeap();
                if (heap === null) heap = {members: [], x, end};
                heap.members.push(i);
                heap.end = Math.max(end, x + 3);
            }
        }
        drawHeap();
    });
}

function drawSpan(i, y, height) {
    const x = Math.max(xOf(spans.from[i]), -10);
    const width = Math.max(3, Math.min(xOf(spans.to[i]), plot.width + 10) - x);
    const isFoundHere = textHas !== null && isFound.span(i);
    ctx.globalAlpha = strength(isFoundHere, false);
    drawBar(ctx, spanKinds.of.get(spans.kind[i]).look, x, y, width, height);
    if (isFoundHere) frameFound(x - 1, y - 1, width + 2, height + 2);
    const left = Math.max(x, 0) + 5;
    const room = Math.min(x + width, plot.width) - left - 3;
    if (room > 14) {
        const text = fitted(ctx, oneLine(strings[spans.label[i]]), room);
        halo(text, left, y + height / 2 + 0.5, colours.ink);
        written.push({x1: left, x2: left + widthOf(ctx, text), y1: y, y2: y + height});
    }
    ctx.globalAlpha = 1;
    hits.push({type: "span", row: i, x1: x, y1: y, x2: x + width, y2: y + height});
}

// Many that are too short to see, next to each other: stripes, and how many.
function drawSpanHeap(heap, y, height, lane) {
    const width = heap.end - heap.x;
    const isFoundHere = textHas !== null && heap.members.some(isFound.span);
    const hue = spanKinds.of.get(spans.kind[heap.members[0]]).look.hue;
    ctx.globalAlpha = strength(isFoundHere, false);
    drawBar(ctx, {hue, pattern: "upright"}, heap.x, y, width, height);
    if (isFoundHere) frameFound(heap.x - 1, y - 1, width + 2, height + 2);
    const text = "×" + count(heap.members.length);
    if (width > widthOf(ctx, text) + 8) halo(text, Math.max(heap.x, 0) + 4, y + height / 2 + 0.5, colours.ink);
    ctx.globalAlpha = 1;
    seen.heaps++;
    seen.heaped += heap.members.length;
    hits.push({type: "spans", rows: heap.members, lane: lane.index, x1: heap.x, y1: y, x2: heap.end, y2: y + height});
}

function drawLine(lane) {
    if (!lane.hasLine) return;
    ctx.fillStyle = colours.faint;
    ctx.fillRect(0, Math.round(lane.line), plot.width, 1);
}

function geometry(i) {
    const from = lanes[arrows.from[i]];
    const to = lanes[arrows.to[i]];
    const x1 = xOf(arrows.sent[i]);
    const y1 = from.line;
    if (isLost(i)) {
        const down = to.line === y1 ? 1 : Math.sign(to.line - y1);
        return {x1, y1, x2: x1 + 12, y2: y1 + down * Math.min(24, Math.abs(to.line - y1) * 0.5 || 16)};
    }
    return {x1, y1, x2: xOf(arrows.arrived[i]), y2: to.line};
}

const isOutside = place =>
    Math.max(place.y1, place.y2) < plot.scroll || Math.min(place.y1, place.y2) > plot.scroll + plot.height;

function drawArrow(i, labelled) {
    const place = geometry(i);
    if (isOutside(place)) return;
    const isKey = arrows.key[i] === 1;
    const look = arrowKinds.of.get(arrows.kind[i]).look;
    const isFoundHere = textHas !== null && isFound.arrow(i);
    ctx.globalAlpha = strength(isFoundHere, !isKey) * (isKey || isFoundHere ? 1 : 0.85);
    ctx.strokeStyle = colours[look.hue];
    ctx.lineWidth = isKey ? 2.2 : 1.1;
    if (isFoundHere) strokePath(place, {width: 7, colour: colours.found, alpha: 0.55});
    strokePath(place, {dash: look.dash});
    if (isLost(i)) {
        ctx.lineWidth = isKey ? 2.4 : 1.6;
        drawCross(ctx, place.x2, place.y2, isKey ? 5 : 4);
    } else {
        const angle = place.y1 === place.y2 ? Math.PI / 4 : Math.atan2(place.y2 - place.y1, place.x2 - place.x1);
        drawHead(ctx, look.head, place.x2, place.y2, angle, isKey ? 11 : 8);
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
    hits.push({type: "arrow", row: i, ...place});
    labelled.push({i, isKey, isFoundHere, ...place});
}

// A message to oneself goes over the line.
function strokePath({x1, y1, x2, y2}, {dash = [], width = ctx.lineWidth, colour = ctx.strokeStyle, alpha = ctx.globalAlpha} = {}) {
    ctx.save();
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.globalAlpha = alpha;
    ctx.beginPath();
    ctx.moveTo(x1, y1);
    if (y1 === y2) ctx.quadraticCurveTo((x1 + x2) / 2, y1 - 22, x2, y2);
    else ctx.lineTo(x2, y2);
    ctx.stroke();
    ctx.restore();
}

function drawBundle(bundle) {
    const size = bundle.members.length;
    const i = bundle.lead;
    const place = geometry(i);
    if (isOutside(place)) return;
    ctx.globalAlpha = textHas === null ? (isLost(i) ? 0.4 : 0.25) : bundle.isFound ? 0.9 : 0.1;
    ctx.strokeStyle = textHas !== null && bundle.isFound ? colours.found : isLost(i) ? colours.fault : colours.soft;
    strokePath(place, {width: Math.min(3, 0.8 + Math.log2(size) * 0.25)});
    ctx.lineWidth = 1.3;
    if (isLost(i)) drawCross(ctx, place.x2, place.y2, 3);
    ctx.globalAlpha = 1;
    seen.bundles++;
    seen.bundled += size;
    hits.push({type: size === 1 ? "arrow" : "arrows", row: i, rows: bundle.members, ...place});
}

function drawMarks(lane) {
    const clusters = clustersOf(lane);
    const y = lane.line;
    const first = lowerBound(clusters.map(cluster => cluster.at), timeAt(-STEP));
    const drawn = [];
    let last = first;
    while (last < clusters.length && clusters[last].at <= view.to + STEP / scale()) last++;
    for (let c = first; c < last; c++) {
        ctx.globalAlpha = strength(clusters[c].isFound, false) * 0.75;
        if (clusters[c].members.length > 1 && roomOf(clusters, c) < 24) drawTower(clusters[c], xOf(clusters[c].at), y);
    }
    for (let c = first; c < last; c++) {
        const cluster = clusters[c];
        const x = xOf(cluster.at);
        const room = roomOf(clusters, c);
        const size = cluster.members.length;
        const look = markKinds.of.get(marks.kind[cluster.lead]).look;
        seen.marks += size;
        if (size > 1) {
            seen.clusters++;
            seen.clustered += size;
        }
        ctx.globalAlpha = strength(cluster.isFound, false);
        if (size === 1 || room >= 24 || cluster.isKey) {
            if (cluster.isKey) drawKeyRing(x, y);
            written.push({x1: x - 7, x2: x + 7, y1: y - 7, y2: y + 7});
            drawShape(ctx, look, x, y, cluster.isKey ? 6 : 4.5);
            if (size > 1 && room >= 24) drawBadge(size, x, y);
        }
        if (cluster.isFound) frameFound(x - 9, y - 9, 18, 18);
        hits.push({type: size === 1 ? "mark" : "marks", row: cluster.lead, rows: cluster.members, lane: lane.index, x1: x - 6, y1: y - 9, x2: x + 6, y2: y + 9});
        drawn.push({cluster, x, room});
    }
    ctx.globalAlpha = 1;
    drawMarkLabels(lane, drawn);
}

// How far away the nearest other is.
function roomOf(clusters, c) {
    const before = c > 0 ? clusters[c].at - clusters[c - 1].at : Infinity;
    const after = c + 1 < clusters.length ? clusters[c + 1].at - clusters[c].at : Infinity;
    return Math.min(before, after) * scale();
}

// Lanes that are scrolled out of view count too: what is said under the lanes is about the window of time.
function countMarks(lane) {
    for (const cluster of clustersOf(lane)) {
        if (cluster.at < timeAt(-STEP) || cluster.at > timeAt(plot.width + STEP)) continue;
        seen.marks += cluster.members.length;
        if (cluster.members.length > 1) {
            seen.clusters++;
            seen.clustered += cluster.members.length;
        }
    }
}

// Moments too close to be apart: a tower, the higher the more there are.
function drawTower(cluster, x, y) {
    const height = Math.min(15, 4 + Math.log2(cluster.members.length) * 1.7);
    ctx.fillStyle = colours.grey;
    ctx.fillRect(x - 3, y - height / 2, 6, height);
}

function drawKeyRing(x, y) {
    ctx.beginPath();
    ctx.arc(x, y, 9.5, 0, 2 * Math.PI);
    ctx.fillStyle = colours.panel;
    ctx.fill();
    ctx.lineWidth = 2;
    ctx.strokeStyle = colours.key;
    ctx.stroke();
}

function drawBadge(size, x, y) {
    ctx.font = TINY;
    const text = count(size);
    const width = widthOf(ctx, text) + 6;
    ctx.fillStyle = colours.soft;
    ctx.beginPath();
    ctx.roundRect(x + 5, y - 13, width, 11, 5);
    ctx.fill();
    ctx.fillStyle = colours.panel;
    ctx.fillText(text, x + 8, y - 7);
}

// What happens at the very time of the slider, and where the messages are that are on their way.
function drawHere() {
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = ctx.fillStyle = colours.now;
    for (const hit of hits) {
        if (hit.type.startsWith("mark") && hit.rows.some(i => marks.at[i] === view.time)) {
            ctx.strokeRect((hit.x1 + hit.x2) / 2 - 12, (hit.y1 + hit.y2) / 2 - 12, 24, 24);
        }
        if (hit.type !== "arrow" || view.time <= arrows.sent[hit.row] || view.time >= arrows.arrived[hit.row] || hit.y1 === hit.y2) continue;
        const share = (view.time - arrows.sent[hit.row]) / (arrows.arrived[hit.row] - arrows.sent[hit.row]);
        ctx.beginPath();
        ctx.arc(hit.x1 + share * (hit.x2 - hit.x1), hit.y1 + share * (hit.y2 - hit.y1), 4, 0, 2 * Math.PI);
        ctx.fill();
    }
}

// Labels in rows under the line: first those of the story, then whatever has room. What has none is not lost: its symbol is there.
function drawMarkLabels(lane, drawn) {
    const taken = Array.from({length: lane.labels}, () => []);
    const isFree = (row, from, to) => taken[row].every(([begin, end]) => to < begin || from > end);
    const top = lane.line + LINE / 2 + LABEL / 2 - 1;
    const place = ({cluster, x, room}, isKeys) => {
        const isTower = cluster.members.length > 1 && room < 24;
        if (cluster.isKey !== isKeys || x < 0 || x > plot.width || (isTower && !isKeys)) return;
        let row = 0;
        for (const {text, isKey} of labelsOf(cluster, lane.labels, isTower)) {
            ctx.font = isKey ? SMALL_STRONG : SMALL;
            const label = fitted(ctx, text, isKey ? 240 : 190);
            const width = widthOf(ctx, label);
            const left = Math.min(x - 4, plot.width - width - 4);
            while (row < lane.labels && !isFree(row, left - 6, left + width + 6)) row++;
            if (row === lane.labels) return;
            taken[row].push([left, left + width]);
            const y = top + row * LABEL;
            written.push({x1: left, x2: left + width, y1: y - 6, y2: y + 6});
            if (row > 0) {
                ctx.fillStyle = colours.faint;
                ctx.fillRect(Math.round(x), lane.line + LINE / 2, 1, y - lane.line - LINE / 2 - 5);
            }
            ctx.globalAlpha = strength(cluster.isFound, false);
            halo(label, left, y, isKey ? colours.key : colours.ink);
            ctx.globalAlpha = 1;
            row++;
        }
    };
    drawn.forEach(each => place(each, true));
    if (drawn.length <= 150) drawn.forEach(each => place(each, false));
}

// One label for each moment of a cluster, those of the story first, and in a tower them alone; the last says how many have none.
function labelsOf(cluster, rows, isTower) {
    const keys = cluster.members.filter(i => marks.key[i]);
    const order = isTower ? keys : [...keys, ...cluster.members.filter(i => !marks.key[i])];
    const labels = order.slice(0, rows).map(i => ({text: oneLine(strings[marks.label[i]]), isKey: marks.key[i] === 1}));
    const more = cluster.members.length - labels.length;
    if (more > 0 && labels.length > 0) labels[labels.length - 1].text += " and " + count(more) + " more";
    return labels;
}

function drawArrowLabels(labelled) {
    const order = [...labelled.filter(each => each.isKey), ...labelled.filter(each => !each.isKey)];
    if (order.length > 400 && textHas === null) order.length = labelled.filter(each => each.isKey).length;
    for (const {i, isKey, isFoundHere, x1, y1, x2, y2} of order) {
        if (textHas !== null && !isFoundHere) continue;
        ctx.font = isKey ? SMALL_STRONG : SMALL;
        const text = fitted(ctx, oneLine(strings[arrows.label[i]]), 200);
        const width = widthOf(ctx, text);
        const stub = isLost(i);
        const steep = Math.abs(x2 - x1) < width * 0.5;
        if (Math.abs(x2 - x1) < 14 && !stub) continue;
        const spots = stub ? [1] : [0.5, 0.38, 0.62, 0.25, 0.75];
        for (const share of spots) {
            const x = x1 + (x2 - x1) * share + (stub ? 8 : steep ? 5 : -width / 2);
            const y = y1 === y2 ? y1 - 16 : y1 + (y2 - y1) * share;
            if (x < 2 || x + width > plot.width - 2) continue;
            const box = {x1: x - 4, x2: x + width + 4, y1: y - 7, y2: y + 7};
            if (written.some(other => box.x1 < other.x2 && box.x2 > other.x1 && box.y1 < other.y2 && box.y2 > other.y1)) continue;
            written.push(box);
            halo(text, x, y, colours[arrowKinds.of.get(arrows.kind[i]).look.hue]);
            break;
        }
    }
}

function halo(text, x, y, colour) {
    ctx.lineWidth = 3.5;
    ctx.lineJoin = "round";
    ctx.strokeStyle = colours.panel;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
}

function frameFound(x, y, width, height) {
    ctx.lineWidth = 2.5;
    ctx.strokeStyle = colours.found;
    ctx.strokeRect(x, y, width, height);
}

function drawPinned() {
    for (const item of [view.hovered, view.pinned]) {
        const hit = item === null ? undefined : hits.find(each => covers(each, item));
        if (hit === undefined) continue;
        const isPinned = item === view.pinned;
        ctx.strokeStyle = isPinned ? colours.now : colours.soft;
        ctx.lineWidth = isPinned ? 2 : 1.5;
        if (hit.type.startsWith("arrow")) strokePath(hit, {width: isPinned ? 4.5 : 3.5, alpha: 0.6});
        else ctx.strokeRect(hit.x1 - 3, hit.y1 - 2, hit.x2 - hit.x1 + 6, hit.y2 - hit.y1 + 4);
    }
}

// Whether what was drawn is, or has in it, an item.
function covers(hit, item) {
    if (hit.type.replace(/s$/, "") !== item.type.replace(/s$/, "")) return false;
    return (hit.rows ?? [hit.row]).includes(item.row);
}

function drawRuler(grid) {
    ctx.fillStyle = colours.panel;
    ctx.fillRect(0, 0, plot.width, RULER);
    ctx.fillStyle = colours.faint;
    ctx.fillRect(0, RULER - 1, plot.width, 1);
    ctx.font = SMALL;
    ctx.fillStyle = colours.soft;
    for (const at of grid.list) {
        const x = Math.round(xOf(at));
        ctx.fillRect(x, RULER - 6, 1, 5);
        const text = seconds(at, grid.places) + " s";
        const left = clamp(x - widthOf(ctx, text) / 2, 2, plot.width - widthOf(ctx, text) - 2);
        ctx.fillText(text, left, RULER / 2 - 2);
    }
}

function drawCursor() {
    if (hoverX === null) return;
    ctx.globalAlpha = 0.5;
    ctx.fillStyle = colours.soft;
    ctx.fillRect(Math.round(hoverX), RULER - 8, 1, plot.height);
    ctx.globalAlpha = 1;
}

function drawNow(grid) {
    const x = xOf(view.time);
    if (x < -20 || x > plot.width + 20) return;
    ctx.fillStyle = colours.now;
    ctx.fillRect(Math.round(x) - 0.75, RULER - 2, 1.5, plot.height);
    ctx.font = SMALL_STRONG;
    const text = seconds(view.time, clamp(grid.places + 1, 3, 9)) + " s";
    const width = widthOf(ctx, text) + 12;
    const left = clamp(x - width / 2, 0, plot.width - width);
    ctx.beginPath();
    ctx.roundRect(left, 2, width, RULER - 7, 4);
    ctx.fill();
    ctx.beginPath();
    ctx.moveTo(x - 5, RULER - 5);
    ctx.lineTo(x + 5, RULER - 5);
    ctx.lineTo(x, RULER + 2);
    ctx.fill();
    ctx.fillStyle = colours.panel;
    ctx.fillText(text, left + 6, RULER / 2 - 1);
}

function drawDrag() {
    if (drag === null) return;
    const x1 = xOf(Math.min(drag.from, drag.to));
    const x2 = xOf(Math.max(drag.from, drag.to));
    ctx.globalAlpha = 0.15;
    ctx.fillStyle = colours.now;
    ctx.fillRect(x1, 0, x2 - x1, plot.height);
    ctx.globalAlpha = 1;
    ctx.fillRect(x1, 0, 1, plot.height);
    ctx.fillRect(x2, 0, 1, plot.height);
    ctx.font = SMALL_STRONG;
    halo(duration(Math.abs(drag.to - drag.from)), x2 + 6, RULER + 12, colours.now);
}

// All of the time: how much happens when, the story, what was done to all, what is found, and the window as a frame.
const overviewX = (time, width) => MARGIN + (time / WHOLE) * (width - 2 * MARGIN);

function drawOverview() {
    const width = plot.width;
    const height = 30;
    fitCanvas(overview, overviewCtx, width, height);
    const c = overviewCtx;
    c.fillStyle = colours.panel;
    c.fillRect(0, 0, width, height);
    c.fillStyle = colours.fault;
    for (const lane of lanes.filter(lane => lane.kind === "world")) {
        for (const i of lane.spans) {
            if (!isShown(spanKinds, spans, i)) continue;
            const x = overviewX(spans.from[i], width);
            c.globalAlpha = 0.14;
            c.fillRect(x, 0, Math.max(1, overviewX(spans.to[i], width) - x), height);
        }
    }
    c.globalAlpha = 1;
    const heights = busy(Math.max(1, Math.floor((width - 2 * MARGIN) / 3)));
    c.fillStyle = colours.grey;
    heights.forEach((share, i) => c.fillRect(MARGIN + i * 3, height - 2 - share * (height - 12), 2, share * (height - 12)));
    const tick = (time, colour, size) => {
        const x = overviewX(time, width);
        c.fillStyle = colour;
        c.beginPath();
        c.moveTo(x - 3.5, 0);
        c.lineTo(x + 3.5, 0);
        c.lineTo(x, size);
        c.fill();
    };
    for (let i = 0; i < marks.size; i++) if (marks.key[i] && isShown(markKinds, marks, i)) tick(marks.at[i], colours.key, 7);
    let last = -1;
    for (const time of found.times) {
        const x = Math.round(overviewX(time, width));
        if (x !== last) tick(time, colours.found, 7);
        last = x;
    }
    const x1 = overviewX(view.from, width);
    const x2 = overviewX(view.to, width);
    c.globalAlpha = 0.5;
    c.fillStyle = colours.paper;
    c.fillRect(0, 0, x1, height);
    c.fillRect(x2, 0, width - x2, height);
    c.globalAlpha = 1;
    c.strokeStyle = colours.soft;
    c.lineWidth = 1.5;
    c.strokeRect(Math.min(x1, width - 5), 0.75, Math.max(4, x2 - x1), height - 1.5);
    c.fillStyle = colours.now;
    c.fillRect(overviewX(view.time, width) - 0.75, 0, 1.5, height);
}

// How many moments and messages fall into each part of the time, as shares of the most; by the square root, so that few are seen too.
let busyKey = "";
let busyHeights = [];
function busy(parts) {
    const key = parts + " " + version.filter;
    if (key === busyKey) return busyHeights;
    const sizes = new Array(parts).fill(0);
    const add = time => sizes[Math.min(parts - 1, Math.floor((time / WHOLE) * parts))]++;
    for (let i = 0; i < marks.size; i++) if (isShown(markKinds, marks, i)) add(marks.at[i]);
    for (let i = 0; i < arrows.size; i++) if (isShown(arrowKinds, arrows, i)) add(arrows.sent[i]);
    const most = Math.max(1, ...sizes);
    busyKey = key;
    busyHeights = sizes.map(size => Math.sqrt(size / most));
    return busyHeights;
}
