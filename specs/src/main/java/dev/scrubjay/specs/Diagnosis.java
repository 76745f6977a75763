package dev.scrubjay.specs;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Says in one line, with file and line number, why TLC could not use a specification or its configuration.
///
/// The parser's complaints come as loose text. Where none of its known forms is found, its first lines are
/// passed on as they are.
final class Diagnosis {
    private static final Pattern PARSE = Pattern.compile(
            "(?:\\*\\*\\*Parse Error\\*\\*\\*\\s|(?=Lexical error))(.*?\\bline (\\d+)[^\\n]*)", Pattern.DOTALL);
    private static final Pattern PARSED_FILE = Pattern.compile("Could not parse module (\\w+) from file");
    private static final Pattern SEMANTIC =
            Pattern.compile("line (\\d+), col \\d+ to line \\d+, col \\d+ of module (\\w+)\\n((?!line ).*)");
    private static final Pattern NO_MODULE =
            Pattern.compile("Cannot find source file for module (\\w+)(?: imported in module (\\w+))?");
    private static final Pattern CONFIG_LINE = Pattern.compile("at line (\\d+)");
    private static final Pattern UNEXPECTED = Pattern.compile(
            "TLC threw an unexpected exception\\..*?The exception was a (\\S+)\\s+: (?:util\\.Assert\\S+: )?(.*)",
            Pattern.DOTALL);
    private static final Pattern PLACED =
            Pattern.compile("(.*) line (\\d+), col \\d+ to line \\d+, col \\d+ of module (\\w+)\\.?");
    private static final Pattern INNERMOST =
            Pattern.compile("\\d+\\. Line (\\d+), column \\d+ to line \\d+, column \\d+ in (\\w+)\\s*$");
    private static final int NESTED_EXPRESSIONS = 2103;
    private static final int UNKNOWN_FORM_LINES = 3;

    private final Model model;
    private final TlcOutput output;

    Diagnosis(Model model, TlcOutput output) {
        this.model = model;
        this.output = output;
    }

    /// The parser refused a module.
    String ofSpecification() {
        var text = String.join("\n", output.loose());
        var missing = NO_MODULE.matcher(text);
        if (missing.find()) {
            var importer = missing.group(2) == null ? model.module() : file(missing.group(2));
            return importer + ": there is no module " + missing.group(1) + " beside it, in " + model.folder()
                    + " or among the standard modules of this TLC";
        }
        var file = PARSED_FILE.matcher(text);
        var parse = PARSE.matcher(text);
        if (parse.find()) {
            return (file.find() ? file(file.group(1)) : model.module()) + ":" + parse.group(2) + ": "
                    + oneLine(parse.group(1));
        }
        var semantic = SEMANTIC.matcher(text);
        if (semantic.find()) {
            return file(semantic.group(2)) + ":" + semantic.group(1) + ": "
                    + semantic.group(3).strip().replace('`', '\'');
        }
        return model.module() + ": " + text.lines().limit(UNKNOWN_FORM_LINES).collect(Collectors.joining(" "));
    }

    /// TLC refused the configuration, or what it asks for is not in the specification.
    String ofConfiguration() {
        var text = firstError();
        var line = CONFIG_LINE.matcher(text);
        return model.config() + (line.find() ? ":" + line.group(1) : "") + ": " + text;
    }

    /// A formula has no value. Where TLC says in which expression, that is said first.
    String ofEvaluation() {
        var text = firstError();
        var unexpected = UNEXPECTED.matcher(text);
        if (unexpected.matches()) {
            // Mistakes in a specification are the usual reason, and come as the most general exception.
            text = (unexpected.group(1).equals("java.lang.RuntimeException") ? "" : unexpected.group(1) + ": ")
                    + unexpected.group(2);
        }
        var placed = PLACED.matcher(text);
        return placed.matches()
                ? file(placed.group(3)) + ":" + placed.group(2) + ": " + placed.group(1)
                : innermost() + text;
    }

    /// The innermost of the expressions that TLC was evaluating.
    private String innermost() {
        return output.errors().stream()
                .filter(message -> message.code() == NESTED_EXPRESSIONS)
                .map(message -> INNERMOST.matcher(message.text()))
                .filter(Matcher::find)
                .map(innermost -> file(innermost.group(2)) + ":" + innermost.group(1) + ": ")
                .findFirst()
                .orElse("");
    }

    String firstError() {
        return output.errors().isEmpty()
                ? "TLC gave no reason"
                : oneLine(output.errors().getFirst().text());
    }

    static String oneLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }

    private Path file(String module) {
        return model.fileOf(module).orElse(model.module());
    }
}
