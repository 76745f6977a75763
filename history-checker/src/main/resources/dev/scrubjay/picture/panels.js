// The parts of the page around the lanes: the levels, the story, what is shown, and the line that says how much of it.

// The levels: a row for each name, a column for each lane that has any.
const levelCells = [];
function makeLevels() {
    $("levels").classList.toggle("isEmpty", levels.size === 0);
    $("divider").hidden = levels.size === 0;
    if (levels.size === 0) {
        $("table").append(el("caption", {className: "empty", textContent: "This picture has no levels."}));
        return;
    }
    const corner = el("th", {scope: "col"});
    const head = el("tr", {}, corner, ...levels.lanes.map(lane => el("th", {scope: "col", textContent: lane.name, title: lane.note})));
    const body = el("tbody");
    for (const name of levels.names) {
        const line = el("tr", {}, el("th", {scope: "row", textContent: name, title: name}));
        for (const lane of levels.lanes) {
            const cell = levels.cell(name, lane);
            const now = el("b");
            const was = el("small");
            const box = el("td", {}, now, was);
            line.append(box);
            if (cell !== undefined) levelCells.push({cell, box, now, was, shown: undefined, shownBefore: undefined});
        }
        body.append(line);
    }
    $("table").append(el("thead", {}, head), body);
    $("table").style.minWidth = 130 + 84 * levels.lanes.length + "px";
}

function showLevels() {
    let changes = 0;
    for (const each of levelCells) {
        const value = levelAt(each.cell, view.time);
        const before = levelAt(each.cell, view.before);
        if (value !== before) changes++;
        if (value === each.shown && before === each.shownBefore) continue;
        each.shown = value;
        each.shownBefore = before;
        each.now.textContent = value ?? "–";
        each.was.textContent = value === before ? "" : "◂ " + (before ?? "–");
        each.box.classList.toggle("isChanged", value !== before);
        each.box.title = value === before ? value ?? "nothing said yet" : (value ?? "–") + ", before the last step " + (before ?? "–");
    }
    const note = "at " + seconds(view.time, 6) + " s";
    $("levelsNote").textContent = changes === 0 ? note : note + ", " + counted(changes, "change") + " with the last step";
}

// The story: a button for each line.
const storyLines = [];
function makeStory() {
    $("story").classList.toggle("isEmpty", story.size === 0);
    $("storyNote").textContent = story.size === 0 ? "" : counted(story.size, "line");
    if (story.size === 0) $("lines").append(el("li", {className: "empty", textContent: "This picture has no story."}));
    for (let i = 0; i < story.size; i++) {
        const button = el("button", {title: exactly(story.at[i])});
        const said = el("span", {}, el("b", {textContent: strings[story.who[i]]}), " " + strings[story.text[i]]);
        button.append(el("time", {textContent: seconds(story.at[i], 3)}), said);
        button.addEventListener("click", () => goToLine(i));
        storyLines.push(button);
        $("lines").append(el("li", {}, button));
    }
}

function goToLine(i) {
    if (i < 0 || i >= story.size) return;
    view.pinned = null;
    goTo(story.at[i], {line: i});
}

let lineShown = -1;
let queryShown = -1;
function showStoryLine() {
    if (queryShown !== version.query) {
        queryShown = version.query;
        storyLines.forEach((line, i) => line.classList.toggle("isFound", textHas !== null && (textHas[story.text[i]] || textHas[story.who[i]])));
    }
    if (lineShown === view.line) return;
    storyLines[lineShown]?.removeAttribute("aria-current");
    lineShown = view.line;
    const line = storyLines[lineShown];
    if (line === undefined) return;
    line.setAttribute("aria-current", "true");
    // Not scrollIntoView, which moves the page as well.
    const list = $("lines");
    const top = line.offsetTop - list.offsetTop;
    if (top < list.scrollTop + 20) list.scrollTop = top - 40;
    else if (top + line.offsetHeight > list.scrollTop + list.clientHeight - 20) list.scrollTop = top + line.offsetHeight - list.clientHeight + 40;
}

// What is shown: the legend, and each entry a switch.
const switches = [];
function makeLegend() {
    const names = {mark: "Moments", arrow: "Messages", span: "Spans"};
    for (const what of ["mark", "arrow", "span"]) {
        const {list} = kindTables[what];
        const all = el("button", {textContent: "all", className: "small"});
        const none = el("button", {textContent: "none", className: "small"});
        all.addEventListener("click", () => setShown(list, () => true));
        none.addEventListener("click", () => setShown(list, () => false));
        const total = el("small", {textContent: count(tableOf[what].size)});
        const head = el("legend", {}, names[what] + " ", total);
        const group = el("fieldset", {}, head);
        if (list.length > 1) group.append(el("span", {className: "allOrNone"}, all, none));
        for (const kind of list) {
            const box = el("input", {type: "checkbox", checked: true});
            const label = el("label", {title: kind.name + ": Alt-click shows it alone"}, box, sample(kind), el("span", {textContent: kind.name || "(no kind)"}), el("small", {textContent: count(kind.size)}));
            label.addEventListener("click", event => {
                if (!event.altKey) return;
                event.preventDefault();
                const isAlone = list.every(other => other.isShown === (other === kind));
                setShown(list, other => isAlone || other === kind);
            });
            box.addEventListener("change", () => setShown([kind], () => box.checked));
            box.dataset.kind = what + ":" + kind.name;
            switches.push({kind, box});
            group.append(label);
        }
        $("kinds").append(group);
    }
}

function setShown(list, isShown) {
    for (const kind of list) kind.isShown = isShown(kind);
    for (const {kind, box} of switches) box.checked = kind.isShown;
    filterChanged();
    if (textHas !== null) search(view.query);
}

// Colours have changed, so samples have.
function drawSamplesAnew() {
    for (const {kind, box} of switches) box.nextElementSibling.replaceWith(sample(kind));
    detailsShown = "";
}

// What of it is on the screen, what is drawn as one, and what is left out.
function showStatus() {
    const parts = ["Shows " + duration(Math.min(view.to - view.from, length)) + " of " + duration(length) + ": "
        + count(seen.marks) + " of " + counted(marks.size, "moment") + ", " + count(seen.arrows) + " of " + counted(arrows.size, "message") + "."];
    const close = [];
    if (seen.clustered > 0) close.push(count(seen.clustered) + " moments as " + count(seen.clusters));
    if (seen.bundled > seen.bundles) close.push(count(seen.bundled) + " messages as " + counted(seen.bundles, "line"));
    if (seen.heaped > 0) close.push(count(seen.heaped) + " spans as " + counted(seen.heaps, "stripe"));
    if (close.length > 0) parts.push("Too close to be apart, and drawn together: " + close.join(", ") + "; zoom in to see each.");
    const hidden = Object.values(kindTables).flatMap(table => table.list).filter(kind => !kind.isShown);
    if (hidden.length > 0) {
        const size = hidden.reduce((sum, kind) => sum + kind.size, 0);
        parts.push("Switched off: " + counted(hidden.length, "kind") + " (" + count(size) + ").");
    }
    $("status").textContent = parts.join(" ");
}

function showPanels() {
    $("now").textContent = exactly(view.time);
    $("slider").value = view.time;
    $("slider").setAttribute("aria-valuetext", exactly(view.time));
    $("found").textContent = textHas === null ? "" : count(found.size) + " found";
    $("toStory").disabled = storyTime === null;
    const isWhole = view.to - view.from >= WHOLE;
    $("fit").disabled = $("out").disabled = isWhole;
    $("in").disabled = view.to - view.from <= WINDOW_MIN;
    $("back").disabled = moments.length === 0 || view.time <= moments[0];
    $("forth").disabled = moments.length === 0 || view.time >= moments[moments.length - 1];
    $("play").disabled = length === 0;
    $("play").setAttribute("aria-pressed", view.isPlaying);
    showLevels();
    showStoryLine();
    showDetails();
    showStatus();
}
