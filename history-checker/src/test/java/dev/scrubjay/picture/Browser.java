package dev.scrubjay.picture;

import dev.scrubjay.testing.Need;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// A Chromium without a window, and one page in it; driven by its DevTools protocol over the loopback.
final class Browser implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<?, ?>>> open = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final String session;
    private boolean isPressed;

    Browser() throws IOException {
        profile = Files.createTempDirectory("scrubjay-browser");
        process = new ProcessBuilder(
                        Need.CHROMIUM.program(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address(), new Listener())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        var target = ask("", "Target.createTarget", "{\"url\":\"about:blank\"}").get("targetId");
        session = String.valueOf(ask("", "Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}")
                .get("sessionId"));
        for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", "{}");
        }
    }

    /// What it says on its standard error, as soon as it listens. The rest is read too: a full pipe would
    /// stop it.
    private URI address() throws IOException {
        var lines = process.errorReader();
        var said = new ArrayList<String>();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            int begin = line.indexOf("ws://");
            if (begin >= 0) {
                Thread.ofPlatform().daemon().start(() -> drain(lines));
                return URI.create(line.substring(begin).strip());
            }
        }
        throw new IllegalStateException("the browser ended before it listened, and said: " + said);
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {}
        } catch (IOException theBrowserIsGone) {
            return;
        }
    }

    /// Opens a page, and waits until it has drawn itself.
    void open(String address, int width, int height) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":" + height + ",\"deviceScaleFactor\":1,\"mobile\":false}");
        // By way of an empty page: another # alone would not load a page anew.
        ask("Page.navigate", "{\"url\":\"about:blank\"}");
        ask("Page.navigate", "{\"url\":" + Json.quote(address) + "}");
        await("location.protocol === 'file:' && document.readyState === 'complete'"
                + " && Number(document.documentElement.dataset.frames) > 0");
    }

    void prefer(String colourScheme) {
        ask(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + colourScheme + "\"}]}");
    }

    /// What an expression of the page comes to, as text.
    String evaluate(String expression) {
        var answer = ask(
                "Runtime.evaluate",
                "{\"returnByValue\":true,\"awaitPromise\":true,\"expression\":"
                        + Json.quote("Promise.resolve(" + expression + ").then(String)") + "}");
        if (answer.get("exceptionDetails") != null) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return String.valueOf(Json.mapping(answer, "result").get("value"));
    }

    /// Waits until an expression of the page is true; the page itself looks again and again.
    void await(String condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            var came = "";
            try {
                came = evaluate("new Promise(done => { const begun = performance.now(); const look = () => "
                        + "(" + condition + ") ? done(true) : performance.now() - begun > 5000 ? done(false)"
                        + " : setTimeout(look, 5); look(); })");
            } catch (IllegalStateException thePageWasLeftMeanwhile) {
                came = "no longer known";
            }
            if (came.equals("true")) {
                return;
            }
        }
        throw new AssertionError("did not come about in " + PATIENCE_SECONDS + " s: " + condition + "; the page says: "
                + evaluate("document.body.innerText") + "; and complains: " + complaints);
    }

    /// Does something, and waits until the page has drawn what came of it: that is before its second next
    /// frame.
    void andDraw(Runnable something) {
        something.run();
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// Presses a key, such as `ArrowRight` or `f`; with Shift if asked for.
    void press(String key, boolean isShifted) {
        var shift = "\"modifiers\":" + (isShifted ? 8 : 0);
        var text = key.length() == 1 ? ",\"text\":" + Json.quote(key) : "";
        andDraw(() -> {
            ask(
                    "Input.dispatchKeyEvent",
                    "{\"type\":\"keyDown\"," + shift + ",\"key\":" + Json.quote(key) + text + "}");
            ask("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"," + shift + ",\"key\":" + Json.quote(key) + "}");
        });
    }

    void press(String key) {
        press(key, false);
    }

    /// One event of the mouse: `mouseMoved`, `mousePressed`, `mouseReleased`.
    void mouse(String type, double x, double y) {
        isPressed = type.equals("mousePressed") || (isPressed && type.equals("mouseMoved"));
        var button = type.equals("mouseMoved") && !isPressed ? "none" : "left";
        ask(
                "Input.dispatchMouseEvent",
                "{\"type\":\"" + type + "\",\"x\":" + x + ",\"y\":" + y + ",\"button\":\"" + button + "\",\"buttons\":"
                        + (isPressed ? 1 : 0) + ",\"clickCount\":1}");
    }

    void click(double x, double y) {
        andDraw(() -> {
            mouse("mouseMoved", x, y);
            mouse("mousePressed", x, y);
            mouse("mouseReleased", x, y);
        });
    }

    void drag(double x1, double y1, double x2, double y2) {
        andDraw(() -> {
            mouse("mouseMoved", x1, y1);
            mouse("mousePressed", x1, y1);
            mouse("mouseMoved", (x1 + x2) / 2, (y1 + y2) / 2);
            mouse("mouseMoved", x2, y2);
            mouse("mouseReleased", x2, y2);
        });
    }

    void wheel(double x, double y, double by) {
        andDraw(() -> ask(
                "Input.dispatchMouseEvent",
                "{\"type\":\"mouseWheel\",\"x\":" + x + ",\"y\":" + y + ",\"deltaX\":0,\"deltaY\":" + by + "}"));
    }

    void picture(Path file) throws IOException {
        var data = ask("Page.captureScreenshot", "{\"format\":\"png\"}").get("data");
        Files.write(file, Base64.getDecoder().decode(String.valueOf(data)));
    }

    /// Errors and warnings of scripts and of the browser, those since it was asked last.
    List<String> complaints() {
        return taken(complaints);
    }

    /// The addresses of all that pages asked for since this was asked last, their own among them.
    List<String> asked() {
        return taken(asked);
    }

    private static List<String> taken(List<String> from) {
        var all = List.copyOf(from);
        from.clear();
        return all;
    }

    private Map<?, ?> ask(String method, String parameters) {
        return ask(",\"sessionId\":\"" + session + "\"", method, parameters);
    }

    private Map<?, ?> ask(String session, String method, String parameters) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<Map<?, ?>>();
        open.put(id, answer);
        var message = "{\"id\":" + id + session + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        try {
            socket.sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer in " + PATIENCE_SECONDS + " s to " + message, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(message + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        // Its helpers write for a moment after it is gone; what they leave is in the folder for temporary
        // files.
        try (var files = Files.walk(profile)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException oneOfThemWroteMeanwhile) {
            profile.toFile().deleteOnExit();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                take(Json.read(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void take(Map<?, ?> message) {
            if (message.get("id") instanceof Long id) {
                var answer = open.remove(id.intValue());
                if (answer == null) {
                    return;
                }
                if (message.get("result") instanceof Map<?, ?> result) {
                    answer.complete(result);
                } else {
                    answer.completeExceptionally(new IllegalStateException(String.valueOf(message.get("error"))));
                }
                return;
            }
            var parameters = message.get("params") instanceof Map<?, ?> map ? map : Map.of();
            var method = String.valueOf(message.get("method"));
            if (method.equals("Network.requestWillBeSent") && parameters.get("request") instanceof Map<?, ?> request) {
                asked.add(String.valueOf(request.get("url")));
            } else if (isComplaint(method, parameters)) {
                complaints.add(message.toString());
            }
        }

        private static boolean isComplaint(String method, Map<?, ?> parameters) {
            return switch (method) {
                case "Runtime.exceptionThrown", "Log.entryAdded" -> true;
                case "Runtime.consoleAPICalled" ->
                    List.of("error", "warning", "assert").contains(parameters.get("type"));
                default -> false;
            };
        }
    }
}
