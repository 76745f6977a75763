package dev.scrubjay.picture;

import java.util.List;

/// Texts that break pages which are not careful.
final class Hostile {
    static final List<String> TEXTS = List.of(
            "</script><script>window.broken = 1</script>",
            "<b>bold</b>",
            "<img src=x onerror=\"window.broken = 1\">",
            "<!-- <script>",
            "]]>",
            "&lt;b&gt; &amp; &#60;",
            "\"quotes\" 'and' `ticks` ${window.broken = 1}",
            "line\u2028separator\u2029paragraph",
            "\u0000 null, \u0007 bell, \u001b[31m red, \u007f delete, \u0085 next line",
            "one\r\ntwo\rthree\n\ttabbed",
            "emoji \uD83D\uDC26\u200D\u2B1B and half of one \uD83D",
            "\uDC26 the other half",
            "\uFEFFmark \uFFFE \uFFFF",
            "\u202Eright to left",
            "e\u0301\u0301\u0301\u0301",
            "__proto__",
            "constructor",
            "\\u003c \\n \\",
            "");

    private Hostile() {}
}
