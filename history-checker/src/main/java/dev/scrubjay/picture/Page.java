package dev.scrubjay.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts a page together: `page.html`, and in its places the style, the scripts and the picture.
///
/// The page says of itself that it loads nothing and runs no script but this one, by its hash: whatever
/// stands in a picture, a browser would not run it.
final class Page {
    /// In the order in which they build on each other.
    private static final List<String> SCRIPTS =
            List.of("data.js", "looks.js", "view.js", "layout.js", "draw.js", "details.js", "panels.js", "page.js");

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private static final String TEMPLATE = resource("page.html");
    private static final String STYLE = "\n" + resource("page.css");
    private static final String SCRIPT = "\n\"use strict\";\n(() => {\n"
            + SCRIPTS.stream().map(Page::resource).collect(Collectors.joining("\n")) + "})();\n";

    private Page() {}

    static String of(Picture picture) {
        var parts = Map.of(
                "title", text(picture.title()),
                "style", STYLE,
                "styleHash", hash(STYLE),
                "script", SCRIPT,
                "scriptHash", hash(SCRIPT),
                "data", PictureData.of(picture));
        var out = new StringBuilder();
        int end = 0;
        // In one go: what stands in one part is not looked at again.
        for (var place = PLACE.matcher(TEMPLATE); place.find(); end = place.end()) {
            out.append(TEMPLATE, end, place.start()).append(parts.get(place.group(1)));
        }
        return out.append(TEMPLATE, end, TEMPLATE.length()).toString();
    }

    /// What the page says when it has no script to say it: the title of its window.
    private static String text(String plain) {
        var out = new StringBuilder();
        plain.codePoints().forEach(c -> {
            if (c >= ' ' && c <= '~' && "&<>\"'".indexOf(c) < 0) {
                out.append((char) c);
            } else if (Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                out.append(' ');
            } else {
                out.append("&#").append(c).append(';');
            }
        });
        return out.toString();
    }

    /// Of what stands between the tags, to the byte.
    private static String hash(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /// With the ends of lines that a browser makes of them before it takes the hash.
    private static String resource(String name) {
        try (var in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        name + " is not beside the classes of " + Page.class.getPackageName() + "; build again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
