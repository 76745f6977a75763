// Brings the page to life: what buttons, keys and the mouse do, playing, and the part of the address that leads back to a moment.

const SPEEDS = [
    ["the window in 20 s", {seconds: 20}],
    ["the window in 1 min", {seconds: 60}],
    ["moment by moment", {steps: 2.5}],
    ["in true time", {factor: 1}],
    ["10 times slower", {factor: 0.1}],
    ["100 times slower", {factor: 0.01}],
    ["1,000 times slower", {factor: 0.001}],
];
const KEYS = [
    ["← →", "to the moment before, to the next"],
    ["Shift ← →", "the same, of the story"],
    ["↑ ↓", "to the line of the story before, to the next"],
    ["Home End", "to the beginning, to the end"],
    ["Space", "play, stop"],
    ["+ −", "show less time, more time"],
    ["F", "the whole time"],
    ["S", "the time of the story"],
    ["/", "search; Enter goes to the next that is found, with Shift to the one before"],
    ["Esc", "let go of what is held, and of the search"],
    ["wheel", "zoom around the cursor; with Shift, or sideways, move; over the names, scroll"],
    ["drag", "move; on the ruler or with Shift, show the range"],
    ["click", "hold what is there, and move the slider"],
];

// Playing.
let lastFrame = 0;
let owed = 0;
let trail = [];
function setPlaying(isPlaying) {
    if (isPlaying === view.isPlaying || length === 0) return;
    view.isPlaying = isPlaying;
    if (isPlaying) {
        if (view.time >= length) goTo(0);
        lastFrame = performance.now();
        owed = 0;
        trail = [];
        requestAnimationFrame(playOn);
    }
    changed();
}

function playOn(now) {
    if (!view.isPlaying) return;
    const passed = Math.min(now - lastFrame, 100) / 1000;
    lastFrame = now;
    const [, speed] = SPEEDS[$("speed").selectedIndex];
    if (speed.steps !== undefined) {
        owed += passed * speed.steps;
        if (owed >= 1) {
            owed = 0;
            if (!step(1)) setPlaying(false);
        }
    } else {
        const factor = speed.factor ?? (view.to - view.from) / 1e9 / speed.seconds;
        // What has changed stays set off for a second.
        trail.push([now, view.time]);
        while (trail[0][0] < now - 1000) trail.shift();
        goTo(view.time + passed * factor * 1e9, {before: trail[0][1]});
        if (view.time >= length) setPlaying(false);
    }
    requestAnimationFrame(playOn);
}

function stepBy(direction, isStory) {
    setPlaying(false);
    view.pinned = null;
    step(direction, isStory ? keyMoments : moments);
}

const middle = () => (view.time >= view.from && view.time <= view.to ? view.time : (view.from + view.to) / 2);

function wireButtons() {
    for (const [name] of SPEEDS) $("speed").append(el("option", {textContent: "Play " + name}));
    $("back").addEventListener("click", event => stepBy(-1, event.shiftKey));
    $("forth").addEventListener("click", event => stepBy(1, event.shiftKey));
    $("play").addEventListener("click", () => setPlaying(!view.isPlaying));
    $("in").addEventListener("click", () => zoom(1 / 1.6, middle()));
    $("out").addEventListener("click", () => zoom(1.6, middle()));
    $("fit").addEventListener("click", () => showWindow(0, WHOLE));
    $("toStory").addEventListener("click", showStory);
    $("unpin").addEventListener("click", () => pin(null));
    $("search").addEventListener("input", () => search($("search").value));
    $("search").addEventListener("keydown", event => {
        if (event.key !== "Enter" || found.times.length === 0) return;
        const next = event.shiftKey ? lowerBound(found.times, view.time) - 1 : upperBound(found.times, view.time);
        goTo(found.times[(next + found.times.length) % found.times.length]);
    });
    $("link").addEventListener("click", async () => {
        remember();
        const said = await navigator.clipboard?.writeText(location.href).then(() => "Copied", () => null);
        $("link").textContent = said ?? "It is in the address bar";
        setTimeout(() => ($("link").textContent = "Copy link"), 1500);
    });
    const keys = $("keys");
    keys.append(el("h2", {textContent: "Keys and mouse"}));
    const list = el("dl");
    for (const [key, text] of KEYS) list.append(el("dt", {textContent: key}), el("dd", {textContent: text}));
    const close = el("button", {textContent: "Close"});
    close.addEventListener("click", () => keys.close());
    keys.append(list, close);
    $("help").addEventListener("click", () => (keys.open ? keys.close() : keys.showModal()));
    $("slider").max = length;
    $("slider").disabled = length === 0;
    let begun = null;
    $("slider").addEventListener("pointerdown", () => (begun = view.time));
    $("slider").addEventListener("input", () => {
        setPlaying(false);
        view.pinned = null;
        goTo(Number($("slider").value), {before: begun ?? view.time});
    });
    $("slider").addEventListener("change", () => (begun = null));
}

function wireKeys() {
    document.addEventListener("keydown", event => {
        const target = event.target;
        if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
        if (event.key === "Escape") {
            $("search").value = "";
            search("");
            pin(null);
            $("search").blur();
            return;
        }
        if (target === $("search") || target === $("speed") || target === $("divider")) return;
        const isButton = target.tagName === "BUTTON" || target.type === "checkbox";
        const actions = {
            ArrowLeft: () => stepBy(-1, event.shiftKey),
            ArrowRight: () => stepBy(1, event.shiftKey),
            ArrowUp: () => goToLine(view.line - 1),
            ArrowDown: () => goToLine(view.line + 1),
            Home: () => goTo(0),
            End: () => goTo(length),
            " ": isButton ? undefined : () => setPlaying(!view.isPlaying),
            "+": () => zoom(1 / 1.6, middle()),
            "=": () => zoom(1 / 1.6, middle()),
            "-": () => zoom(1.6, middle()),
            f: () => showWindow(0, WHOLE),
            s: showStory,
            "/": () => $("search").focus(),
            "?": () => $("keys").showModal(),
        };
        const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
        if (action === undefined) return;
        event.preventDefault();
        action();
    });
}

// The mouse on the lanes: it moves what is seen, draws a range, or picks.
function wirePlot() {
    let press = null;
    const xIn = event => event.clientX - canvas.getBoundingClientRect().left;
    const yIn = event => event.clientY - canvas.getBoundingClientRect().top;
    canvas.addEventListener("wheel", event => {
        event.preventDefault();
        const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
        const size = event.deltaMode === 1 ? 16 : 1;
        if (sideways !== 0) pan((sideways * size) / scale());
        else zoom(Math.exp(clamp(event.deltaY * size, -240, 240) * 0.0022), timeAt(xIn(event)));
    }, {passive: false});
    canvas.addEventListener("pointerdown", event => {
        if (event.button !== 0) return;
        canvas.setPointerCapture(event.pointerId);
        const x = xIn(event);
        const isRuler = yIn(event) < RULER;
        const isKnob = isRuler && Math.abs(x - xOf(view.time)) < 9;
        press = {x, y: yIn(event), from: view.from, scroll: $("lanes").scrollTop, time: timeAt(x), begun: view.time, moved: false, does: isKnob ? "slide" : isRuler || event.shiftKey ? "range" : "pan"};
    });
    canvas.addEventListener("pointermove", event => {
        const x = xIn(event);
        const y = yIn(event);
        hoverX = x;
        if (press === null) {
            const hit = hitAt(x, y);
            view.hovered = hit;
            canvas.style.cursor = hit !== null ? "pointer" : y < RULER ? (Math.abs(x - xOf(view.time)) < 9 ? "ew-resize" : "crosshair") : "grab";
            showTip(hit, event.clientX, event.clientY);
            changed();
            return;
        }
        if (Math.hypot(x - press.x, y - press.y) > 4) press.moved = true;
        if (!press.moved) return;
        showTip(null);
        view.hovered = null;
        if (press.does === "pan") {
            canvas.style.cursor = "grabbing";
            pan(press.from - (x - press.x) / scale() - view.from);
            $("lanes").scrollTop = press.scroll - (y - press.y);
        } else if (press.does === "slide") goTo(clamp(timeAt(x), view.from, view.to), {before: press.begun});
        else drag = {from: press.time, to: clamp(timeAt(x), view.from, view.to)};
        changed();
    });
    canvas.addEventListener("pointerup", event => {
        if (press === null) return;
        const {moved, does} = press;
        press = null;
        if (drag !== null) {
            showWindow(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
            drag = null;
        } else if (!moved && does !== "slide") {
            const hit = hitAt(xIn(event), yIn(event));
            setPlaying(false);
            if (hit === null) {
                view.pinned = null;
                goTo(timeAt(xIn(event)));
            } else pin((hit.rows ?? [hit.row]).length === 1 ? {type: one(hit.type), row: (hit.rows ?? [hit.row])[0]} : {type: hit.type, row: hit.row, rows: hit.rows});
        }
        changed();
    });
    canvas.addEventListener("pointercancel", () => {
        press = drag = null;
        changed();
    });
    canvas.addEventListener("pointerleave", () => {
        hoverX = view.hovered = null;
        showTip(null);
        changed();
    });
    canvas.addEventListener("dblclick", event => {
        if (hitAt(xIn(event), yIn(event)) === null) zoom(1 / 3, timeAt(xIn(event)));
    });
    $("lanes").addEventListener("scroll", () => {
        plot.scroll = $("lanes").scrollTop;
        changed();
    });
}

// The mouse on the overview: inside the frame it moves the frame, outside it draws a new one; a click puts the frame there.
function wireOverview() {
    let press = null;
    const timeIn = event => ((event.clientX - overview.getBoundingClientRect().left - MARGIN) / (plot.width - 2 * MARGIN)) * WHOLE;
    overview.addEventListener("pointerdown", event => {
        overview.setPointerCapture(event.pointerId);
        const time = timeIn(event);
        const isInside = time > view.from && time < view.to && view.to - view.from < WHOLE;
        press = {x: event.clientX, time, from: view.from, size: view.to - view.from, isInside, moved: false};
    });
    overview.addEventListener("pointermove", event => {
        if (press === null) return;
        if (Math.abs(event.clientX - press.x) > 3) press.moved = true;
        if (!press.moved) return;
        const time = clamp(timeIn(event), 0, WHOLE);
        if (press.isInside) pan(press.from + time - press.time - view.from);
        else showWindow(Math.min(press.time, time), Math.max(press.time, time));
    });
    overview.addEventListener("pointerup", () => {
        if (press !== null && !press.moved) showWindow(press.time - press.size / 2, press.time + press.size / 2);
        press = null;
    });
    overview.addEventListener("pointercancel", () => (press = null));
    overview.addEventListener("wheel", event => {
        event.preventDefault();
        zoom(Math.exp(clamp(event.deltaY, -240, 240) * 0.0022), clamp(timeIn(event), view.from, view.to));
    }, {passive: false});
}

// The divider gives the levels more room, or less.
function wireDivider() {
    const divider = $("divider");
    const set = height => {
        document.documentElement.style.setProperty("--levels", clamp(height, 60, Math.max(60, innerHeight - 330)) + "px");
        resized();
    };
    const height = () => $("levels").getBoundingClientRect().height;
    let press = null;
    divider.addEventListener("pointerdown", event => {
        divider.setPointerCapture(event.pointerId);
        press = {y: event.clientY, height: height()};
    });
    divider.addEventListener("pointermove", event => press !== null && set(press.height + press.y - event.clientY));
    divider.addEventListener("pointerup", () => (press = null));
    divider.addEventListener("pointercancel", () => (press = null));
    divider.addEventListener("keydown", event => {
        const by = {ArrowUp: 24, ArrowDown: -24}[event.key];
        if (by === undefined) return;
        event.preventDefault();
        set(height() + by);
    });
}

// The part of the address behind # says what is seen, so that a link leads to it. Times are as in the picture, in nanoseconds.
const inPicture = time => String(BigInt(raw.from) + BigInt(Math.round(time)));

function address() {
    const parts = new URLSearchParams();
    parts.set("t", inPicture(view.time));
    if (view.to - view.from < WHOLE) parts.set("window", inPicture(view.from) + "-" + inPicture(view.to));
    for (const {kind} of switches) if (!kind.isShown) parts.append("off", kind.what + ":" + kind.name);
    if (view.query !== "") parts.set("search", view.query);
    if (view.pinned !== null && view.pinned.rows === undefined) parts.set("held", view.pinned.type + ":" + view.pinned.row);
    return "#" + parts;
}

let rememberTimer = 0;
let remembered = location.hash;
function rememberSoon() {
    clearTimeout(rememberTimer);
    rememberTimer = setTimeout(remember, 300);
}

function remember() {
    clearTimeout(rememberTimer);
    const hash = address();
    if (hash === remembered || view.isPlaying) return;
    remembered = hash;
    try {
        history.replaceState(null, "", hash);
    } catch {
        // Where a page may not change its address, it works all the same.
    }
}

// A link may come from another picture: what does not fit is left out.
function recall() {
    remembered = location.hash;
    const parts = new URLSearchParams(location.hash.slice(1));
    const time = text => (/^-?\d{1,19}$/.test(text ?? "") ? Number(BigInt(text) - BigInt(raw.from)) : null);
    for (const {kind, box} of switches) box.checked = kind.isShown = !parts.getAll("off").includes(kind.what + ":" + kind.name);
    filterChanged();
    $("search").value = parts.get("search") ?? "";
    search($("search").value);
    const [, from, to] = /^(-?\d+)-(-?\d+)$/.exec(parts.get("window") ?? "") ?? [];
    if (time(from) !== null && time(to) !== null && time(from) < time(to)) showWindow(time(from), time(to));
    const [, type, row] = /^(mark|span|arrow):(\d{1,9})$/.exec(parts.get("held") ?? "") ?? [];
    view.pinned = type !== undefined && Number(row) < tableOf[type].size ? {type, row: Number(row)} : null;
    // Without a time: the beginning of the window, and without that of the story.
    const {from: seenFrom, to: seenTo} = view;
    const first = time(parts.get("t")) ?? (from !== undefined ? seenFrom : story.size > 0 ? story.at[0] : 0);
    goTo(first, {before: first});
    if (from !== undefined) showWindow(seenFrom, seenTo);
}

// Measures the room for the lanes.
function resized() {
    const box = $("lanes");
    plot.height = box.clientHeight;
    plot.width = Math.max(120, box.clientWidth - $("names").offsetWidth);
    $("whole").style.width = plot.width + "px";
    layLanes();
    canvas.style.width = overview.style.width = plot.width + "px";
    $("names").style.height = Math.max(RULER + plot.total, plot.height) + "px";
    lanes.forEach(lane => {
        lane.element.style.top = RULER + lane.top + "px";
        lane.element.style.height = lane.height + "px";
    });
    plot.scroll = box.scrollTop;
    changed();
}

function makeFrame() {
    $("title").textContent = title;
    for (const text of summary) $("summary").append(el("p", {textContent: text}));
    if (!isAbsolute) $("summary").append(el("p", {textContent: "Times count from " + raw.from + " ns."}));
    for (const lane of lanes) {
        lane.element = el("div", {className: "lane", title: lane.name + " (" + lane.kind + ")" + (lane.note === "" ? "" : "\n" + lane.note)});
        lane.element.append(el("b", {textContent: lane.name}), el("span", {textContent: lane.note}));
        lane.isFirstOfKind = lane.index > 0 && lanes[lane.index - 1].kind !== lane.kind;
        lane.element.classList.toggle("isOdd", lane.index % 2 === 1);
        lane.element.classList.toggle("isFirstOfKind", lane.isFirstOfKind);
        $("names").append(lane.element);
    }
    if (lanes.length === 0) $("names").append(el("p", {className: "empty", textContent: "This picture has no lanes."}));
}

makeFrame();
makeLevels();
makeStory();
makeLegend();
wireButtons();
wireKeys();
wirePlot();
wireOverview();
wireDivider();
readColours();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readColours();
    drawSamplesAnew();
    changed();
});
drawSamplesAnew();
resized();
recall();
addEventListener("hashchange", () => location.hash !== remembered && recall());
new ResizeObserver(resized).observe($("lanes"));
