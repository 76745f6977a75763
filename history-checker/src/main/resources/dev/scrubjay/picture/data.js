// What there is to draw, read once. All times count in nanoseconds from the beginning of the picture.

const raw = JSON.parse(document.getElementById("data").textContent);
if (raw.picture !== 1) throw new Error("this page draws pictures of version 1, and holds one of version " + raw.picture);
const strings = raw.strings;
const length = raw.length;
const title = strings[raw.title];
const summary = raw.summary.map(text => strings[text]);

// Times near the beginning of the world are shown as they are; times of day would be too long, and count from the beginning.
const begin = Number(raw.from);
const isAbsolute = begin >= 0 && begin <= 1e15;

const rows = table => Object.values(table)[0].length;

// A table with its rows in the order of time; rows of the same time stay as they were given.
function inOrder(table, time) {
    const order = table[time].map((_, row) => row).sort((a, b) => table[time][a] - table[time][b] || a - b);
    const sorted = {size: order.length};
    for (const [name, column] of Object.entries(table)) sorted[name] = order.map(row => column[row]);
    return sorted;
}

const lanes = Array.from({length: rows(raw.lanes)}, (_, i) => ({
    index: i,
    name: strings[raw.lanes.name[i]],
    kind: strings[raw.lanes.kind[i]],
    note: strings[raw.lanes.note[i]],
    spans: [],
    marks: [],
    hasArrows: false,
}));
const spans = inOrder(raw.spans, "from");
const marks = inOrder(raw.marks, "at");
const arrows = inOrder(raw.arrows, "sent");
const story = inOrder(raw.story, "at");

for (let i = 0; i < spans.size; i++) lanes[spans.lane[i]].spans.push(i);
for (let i = 0; i < marks.size; i++) lanes[marks.lane[i]].marks.push(i);
for (let i = 0; i < arrows.size; i++) lanes[arrows.from[i]].hasArrows = lanes[arrows.to[i]].hasArrows = true;

const isLost = arrow => arrows.arrived[arrow] < 0;
const arrival = arrow => (isLost(arrow) ? arrows.sent[arrow] : arrows.arrived[arrow]);
const longestArrow = arrows.sent.reduce((longest, sent, i) => Math.max(longest, arrival(i) - sent), 0);

// The levels: of each name a row, of each lane that has any a cell, and in it the values in the order of time.
const levels = (() => {
    const table = inOrder(raw.levels, "at");
    const names = [...new Set(raw.levels.name)].map(name => strings[name]).sort(byWords);
    const cells = new Map();
    for (let i = 0; i < table.size; i++) {
        const key = strings[table.name[i]] + "\n" + table.lane[i];
        if (!cells.has(key)) cells.set(key, {at: [], value: []});
        const cell = cells.get(key);
        cell.at.push(table.at[i]);
        cell.value.push(strings[table.value[i]]);
    }
    return {
        size: table.size,
        names,
        lanes: lanes.filter(lane => table.lane.includes(lane.index)),
        cell: (name, lane) => cells.get(name + "\n" + lane.index),
    };
})();

// The value of a cell at a time, or null where nothing was said yet.
function levelAt(cell, time) {
    const after = upperBound(cell.at, time);
    return after === 0 ? null : cell.value[after - 1];
}

// "group 2" before "group 10".
function byWords(a, b) {
    return a.localeCompare(b, "en", {numeric: true}) || (a < b ? -1 : a > b ? 1 : 0);
}

// The first place in a sorted array whose value is above x; and the first whose value is not below.
function upperBound(sorted, x) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle] <= x) low = middle + 1;
        else high = middle;
    }
    return low;
}

function lowerBound(sorted, x) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle] < x) low = middle + 1;
        else high = middle;
    }
    return low;
}

const count = number => number.toLocaleString("en-US");
const counted = (number, one, many = one + "s") => count(number) + " " + (number === 1 ? one : many);

// A time as a person reads it: seconds, with as many places as asked for.
function seconds(time, places) {
    const value = isAbsolute ? begin + time : time;
    return (isAbsolute ? "" : "+") + (value / 1e9).toFixed(places);
}

// With all that there is to know, in groups of three.
function exactly(time) {
    const whole = Math.round(isAbsolute ? begin + time : time);
    const nanos = String(whole % 1e9).padStart(9, "0");
    const places = nanos.endsWith("000") ? nanos.slice(0, 6) : nanos;
    return (isAbsolute ? "" : "+") + count(Math.floor(whole / 1e9)) + "." + places.replace(/(...)(?=.)/g, "$1\u2009") + "\u2009s";
}

// How long something took: three digits, and the unit that fits.
function duration(nanos) {
    const units = [["s", 1e9], ["ms", 1e6], ["µs", 1e3], ["ns", 1]];
    const [unit, size] = units.find(([, size]) => nanos >= size * 0.9995) ?? units[3];
    const value = nanos / size;
    return (value >= 100 || unit === "ns" ? count(Math.round(value)) : value.toPrecision(3)) + " " + unit;
}
