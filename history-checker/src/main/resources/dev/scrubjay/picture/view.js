// What is seen: the time of the slider, the window of time, what is searched, pinned and left out. Whoever changes something of it
// says so with `changed`, and everything is drawn anew before the next frame, once.

const WINDOW_MIN = Math.min(200, Math.max(length, 1)); // nanoseconds; nothing is apart by less than one
const WHOLE = Math.max(length, 1);

const view = {
    time: 0,
    before: 0, // the time of the slider before the last step; what differs has changed with it
    from: 0,
    to: WHOLE,
    line: -1, // the line of the story that is current
    query: "",
    pinned: null,
    hovered: null,
    isPlaying: false,
};

// Numbers that go up with what they are of, so that what was worked out from it is known to be old.
const version = {filter: 0, query: 0, layout: 0, colours: 0};

let frame = 0;
let frames = 0;
function changed() {
    if (frame === 0) frame = requestAnimationFrame(render);
}

function render() {
    frame = 0;
    draw();
    drawOverview();
    showPanels();
    frames++;
    document.documentElement.dataset.frames = frames;
    rememberSoon();
}

const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

function showWindow(from, to) {
    const size = clamp(to - from, WINDOW_MIN, WHOLE);
    view.from = clamp(from + (to - from - size) / 2, 0, WHOLE - size);
    view.to = view.from + size;
    changed();
}

// Zooms so that the time under the cursor stays under it.
function zoom(factor, around) {
    const size = clamp((view.to - view.from) * factor, WINDOW_MIN, WHOLE);
    const share = (around - view.from) / (view.to - view.from);
    showWindow(around - share * size, around + (1 - share) * size);
}

function pan(by) {
    const size = view.to - view.from;
    const from = clamp(view.from + by, 0, WHOLE - size);
    view.from = from;
    view.to = from + size;
    changed();
}

// Moves the slider, and the window with it where it has to. What has changed since `before` is set off in the table of levels.
function goTo(time, {before = view.time, line = null} = {}) {
    view.time = clamp(time, 0, length);
    view.before = before;
    view.line = line ?? upperBound(story.at, view.time) - 1;
    const size = view.to - view.from;
    const margin = size * 0.08;
    if (view.time < view.from - size / 2 || view.time > view.to + size / 2) showWindow(view.time - size / 2, view.time + size / 2);
    else if (view.time < view.from + margin) pan(view.time - margin - view.from);
    else if (view.time > view.to - margin) pan(view.time + margin - view.to);
    changed();
}

// The times at which something happens that is shown: what a step goes to.
let moments = [];
let keyMoments = [];
function findMoments() {
    const all = [];
    const keys = [...story.at];
    const add = (time, isKey) => {
        all.push(time);
        if (isKey) keys.push(time);
    };
    for (let i = 0; i < marks.size; i++) if (isShown(markKinds, marks, i)) add(marks.at[i], marks.key[i]);
    for (let i = 0; i < arrows.size; i++) {
        if (isShown(arrowKinds, arrows, i)) {
            add(arrows.sent[i], arrows.key[i]);
            if (!isLost(i)) add(arrows.arrived[i], arrows.key[i]);
        }
    }
    moments = eachOnce(all);
    keyMoments = eachOnce(keys);
}

const eachOnce = times => Float64Array.from(times).sort().filter((time, i, sorted) => i === 0 || time !== sorted[i - 1]);

const isShown = (kinds, table, row) => kinds.of.get(table.kind[row]).isShown;

function filterChanged() {
    version.filter++;
    findMoments();
    changed();
}

// Goes to the next moment, or the one before; false if there is none.
function step(direction, among = moments) {
    const next = direction > 0 ? upperBound(among, view.time) : lowerBound(among, view.time) - 1;
    if (next < 0 || next >= among.length) return false;
    goTo(among[next]);
    return true;
}

// The time from the first to the last that belongs to the story, or null where nothing does.
const storyTime = (() => {
    let from = Infinity;
    let to = -Infinity;
    const add = (begin, end) => {
        from = Math.min(from, begin);
        to = Math.max(to, end);
    };
    for (let i = 0; i < marks.size; i++) if (marks.key[i]) add(marks.at[i], marks.at[i]);
    for (let i = 0; i < arrows.size; i++) if (arrows.key[i]) add(arrows.sent[i], arrival(i));
    if (from > to) for (const at of story.at) add(at, at);
    return from > to ? null : {from, to};
})();
const hasKeys = marks.key.includes(1) || arrows.key.includes(1);

function showStory() {
    if (storyTime === null) return;
    const margin = Math.max((storyTime.to - storyTime.from) * 0.06, WHOLE * 1e-4, WINDOW_MIN / 2);
    showWindow(storyTime.from - margin, storyTime.to + margin);
}

// Searching: which texts have it. Whatever is drawn with one of them is found.
let textHas = null;
const found = {size: 0, times: []};
function search(query) {
    view.query = query;
    version.query++;
    const words = query.trim().toLowerCase();
    textHas = words === "" ? null : strings.map(text => text.toLowerCase().includes(words));
    found.times = [];
    found.size = 0;
    if (textHas !== null) {
        const add = time => {
            found.times.push(time);
            found.size++;
        };
        for (let i = 0; i < marks.size; i++) if (isFound.mark(i)) add(marks.at[i]);
        for (let i = 0; i < spans.size; i++) if (isFound.span(i)) add(spans.from[i]);
        for (let i = 0; i < arrows.size; i++) if (isFound.arrow(i)) add(arrows.sent[i]);
        found.times = eachOnce(found.times);
    }
    changed();
}

const isFound = {
    mark: i => textHas[marks.label[i]] || textHas[marks.detail[i]] || textHas[marks.kind[i]],
    span: i => textHas[spans.label[i]] || textHas[spans.detail[i]] || textHas[spans.kind[i]],
    arrow: i => textHas[arrows.label[i]] || textHas[arrows.kind[i]],
};
