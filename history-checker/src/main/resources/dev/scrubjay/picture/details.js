// What is said about what is drawn: beside the cursor, and under Details.

const LISTED_MAX = 200;
const $ = id => document.getElementById(id);

// An element; texts become text, never markup.
function el(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
}

// Finds what lies under the cursor: what is smaller and drawn later wins.
function hitAt(x, y) {
    const down = y - RULER + plot.scroll;
    if (y < RULER) return null;
    let best = null;
    let bestDistance = 7;
    for (const hit of hits) {
        const isLine = hit.type.startsWith("arrow");
        const rank = isLine ? 2 : hit.type.startsWith("span") ? 3 : 0;
        const distance = isLine ? toSegment(x, down, hit) + rank : toBox(x, down, hit) + rank;
        if (distance < bestDistance || (distance === bestDistance && rank === 0)) {
            best = hit;
            bestDistance = distance;
        }
    }
    return best;
}

function toBox(x, y, {x1, y1, x2, y2}) {
    return Math.hypot(Math.max(x1 - x, 0, x - x2), Math.max(y1 - y, 0, y - y2));
}

function toSegment(x, y, {x1, y1, x2, y2}) {
    const bend = y1 === y2 ? 11 : 0; // a message to oneself goes over the line
    const square = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const share = square === 0 ? 0 : clamp(((x - x1) * (x2 - x1) + (y + bend - y1) * (y2 - y1)) / square, 0, 1);
    return Math.hypot(x - x1 - share * (x2 - x1), y + bend - y1 - share * (y2 - y1));
}

// An item as what can be said about it: {kind, title, facts, detail}.
function telling({type, row}) {
    if (type === "mark") {
        const facts = [["on", lanes[marks.lane[row]].name], ["at", exactly(marks.at[row])]];
        return {kind: markKinds.of.get(marks.kind[row]), title: strings[marks.label[row]], facts, detail: strings[marks.detail[row]], isKey: marks.key[row] === 1};
    }
    if (type === "span") {
        const [from, to] = [spans.from[row], spans.to[row]];
        const facts = [["on", lanes[spans.lane[row]].name], ["from", exactly(from)], ["to", exactly(to)], ["for", duration(to - from)]];
        return {kind: spanKinds.of.get(spans.kind[row]), title: strings[spans.label[row]], facts, detail: strings[spans.detail[row]], isKey: false};
    }
    const way = lanes[arrows.from[row]].name + " → " + lanes[arrows.to[row]].name;
    const end = isLost(row)
        ? [["lost", "it never arrived"]]
        : [["arrived", exactly(arrows.arrived[row])], ["took", duration(arrows.arrived[row] - arrows.sent[row])]];
    const facts = [["way", way], ["sent", exactly(arrows.sent[row])], ...end];
    return {kind: arrowKinds.of.get(arrows.kind[row]), title: strings[arrows.label[row]], facts, detail: "", isKey: arrows.key[row] === 1};
}

// When an item is: what a click on it moves the slider to.
const timeOf = ({type, row}) => (type === "mark" ? marks.at[row] : type === "span" ? spans.from[row] : arrows.sent[row]);
const tableOf = {mark: marks, span: spans, arrow: arrows};
const one = type => type.replace(/s$/, "");

function tellInFull(item) {
    const {kind, title, facts, detail, isKey} = telling(item);
    const head = el("h3", {}, sample(kind), el("span", {className: "label", textContent: title || "(no label)"}));
    const list = el("dl", {}, el("dt", {textContent: "kind"}), el("dd", {textContent: kind.name + (isKey ? ", of the story" : "")}));
    for (const [name, value] of facts) list.append(el("dt", {textContent: name}), el("dd", {textContent: value}));
    const all = [head, list];
    if (detail !== "") all.push(el("p", {className: "detail", textContent: detail}));
    return all;
}

// An item in a list: a click picks it alone.
function tellInLine(item) {
    const {kind, title, facts} = telling(item);
    const where = facts[0][1] + (item.type === "arrow" ? ", sent at " : item.type === "span" ? " from " : " at ");
    const button = el("button", {className: "item"}, sample(kind), el("span", {className: "label", textContent: title || kind.name}));
    button.append(el("small", {textContent: where + seconds(timeOf(item), 6) + " s"}));
    button.addEventListener("click", () => pin(item));
    return button;
}

function tellMany(type, list) {
    const times = list.map(row => timeOf({type, row}));
    const from = Math.min(...times.slice(0, 5000));
    const to = Math.max(...times.slice(-5000));
    const words = {mark: ["moment", "moments"], span: ["span", "spans"], arrow: ["message", "messages"]}[type];
    const head = counted(list.length, ...words) + (from === to ? " at " + exactly(from) : " within " + duration(to - from));
    const kinds = new Map();
    for (const row of list) {
        const kind = kindTables[type].of.get(tableOf[type].kind[row]);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    return {head, from, to, kinds: [...kinds].sort((a, b) => b[1] - a[1])};
}

// Beside the cursor: one item in full, many by their kinds.
function showTip(hit, x, y) {
    const tip = $("tip");
    if (hit === null) {
        tip.hidden = true;
        return;
    }
    const type = one(hit.type);
    const list = hit.rows ?? [hit.row];
    if (list.length === 1) tip.replaceChildren(...tellInFull({type, row: list[0]}));
    else {
        const {head, kinds} = tellMany(type, list);
        tip.replaceChildren(el("h3", {textContent: head}));
        if (list.length <= 8) for (const row of list) tip.append(tipLine(kindTables[type].of.get(tableOf[type].kind[row]), telling({type, row}).title));
        else for (const [kind, size] of kinds.slice(0, 12)) tip.append(tipLine(kind, count(size) + " " + kind.name));
        if (list.length > 8 && kinds.length > 12) tip.append(el("p", {textContent: "and " + counted(kinds.length - 12, "more kind")}));
        tip.append(el("p", {className: "hint", textContent: "Click for the list, or zoom in."}));
    }
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = (x + 16 + box.width < innerWidth ? x + 16 : Math.max(4, x - 16 - box.width)) + "px";
    tip.style.top = clamp(y + 16, 4, Math.max(4, innerHeight - box.height - 4)) + "px";
}

const tipLine = (kind, text) => el("p", {className: "tipLine"}, sample(kind), el("span", {textContent: text}));

function pin(item) {
    view.pinned = item;
    if (item !== null && (item.rows ?? [item.row]).length === 1) {
        const time = timeOf(item);
        if (item.type !== "span") goTo(time);
        else if (spans.to[item.row] < view.from || spans.from[item.row] > view.to) goTo(time);
    }
    changed();
}

// Under Details: what is pinned, or else what happens at the time of the slider.
let detailsShown = "";
function showDetails() {
    const pinned = view.pinned;
    const key = pinned === null ? "at " + view.time + " " + version.filter : pinned.type + " " + pinned.row + " " + (pinned.rows?.length ?? 1);
    if (key === detailsShown) return;
    detailsShown = key;
    const about = $("about");
    $("unpin").hidden = pinned === null;
    if (pinned === null) {
        const items = itemsAt(view.time);
        $("detailsNote").textContent = "at " + seconds(view.time, 6) + " s";
        if (items.length === 0) about.replaceChildren(el("p", {className: "empty", textContent: "Nothing happens at this very time. Step with ← and →, or point at something; a click holds it here."}));
        else if (items.length === 1) about.replaceChildren(...tellInFull(items[0]));
        else about.replaceChildren(...listOf(items));
    } else {
        const type = one(pinned.type);
        const list = pinned.rows ?? [pinned.row];
        $("detailsNote").textContent = "held";
        if (list.length === 1) about.replaceChildren(...tellInFull({type, row: list[0]}));
        else {
            const {head, from, to} = tellMany(type, list);
            const into = el("button", {textContent: "Zoom in", className: "small"});
            into.addEventListener("click", () => showWindow(from - (to - from) * 0.1 - 500, to + (to - from) * 0.1 + 500));
            about.replaceChildren(el("h3", {}, el("span", {className: "label", textContent: head}), into), ...listOf(list.map(row => ({type, row}))));
        }
    }
    about.scrollTop = 0;
}

function listOf(items) {
    const list = items.slice(0, LISTED_MAX).map(tellInLine);
    if (items.length > LISTED_MAX) list.push(el("p", {className: "empty", textContent: "and " + count(items.length - LISTED_MAX) + " more; zoom in to see them"}));
    return list;
}

// The moments at a time, the messages that are sent or arrive, and what begins or ends.
function itemsAt(time) {
    const items = [];
    for (let i = lowerBound(marks.at, time); i < marks.size && marks.at[i] === time; i++) {
        if (isShown(markKinds, marks, i)) items.push({type: "mark", row: i});
    }
    for (let i = lowerBound(arrows.sent, time - longestArrow); i < arrows.size && arrows.sent[i] <= time; i++) {
        const isHere = arrows.sent[i] === time || (!isLost(i) && arrows.arrived[i] === time);
        if (isHere && isShown(arrowKinds, arrows, i)) items.push({type: "arrow", row: i});
    }
    for (let i = 0; i < spans.size && spans.from[i] <= time; i++) {
        const isHere = spans.from[i] === time || spans.to[i] === time;
        if (isHere && isShown(spanKinds, spans, i)) items.push({type: "span", row: i});
    }
    return items;
}
