package dev.scrubjay.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts a page together: `page.html`, and in its places the style, the scripts and the picture.
///
/// The page says of itself that it loads nothing and runs no script but this one, by its hash: whatever stands
/// in a picture, a browser would not run it.
final class Page {
    /// In the order in which they build on each other.
    private static final List<String> SCRIPTS =
            List.of("data.js", "looks.js", "view.js", "layout.js", "draw.js", "details.js", "panels.js", "page.js");

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private Page() {}

    static String of(Picture picture) {
        var style = "\n" + resource("page.css");
        var script = "\n\"use strict\";\n(() => {\n"
                + SCRIPTS.stream().map(Page::resource).collect(Collectors.joining("\n")) + "})();\n";
        var parts = Map.of(
                "title", text(picture.title()),
                "style", style,
                "styleHash", hash(style),
                "script", script,
                "scriptHash", hash(script),
                "data", PictureData.of(picture));
        // In one go: what stands in one part is not looked at again.
        return PLACE.matcher(resource("page.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
    }

    /// What the page says when it has no script to say it: the title of its window.
    private static String text(String plain) {
        var out = new StringBuilder();
        plain.codePoints().forEach(c -> {
            if (c >= ' ' && c <= '~' && "&<>\"'".indexOf(c) < 0) {
                out.append((char) c);
            } else if (Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
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
                throw new IllegalStateException(name + " is not beside the classes of " + Page.class.getPackageName()
                        + "; build again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
