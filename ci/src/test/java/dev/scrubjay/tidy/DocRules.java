package dev.scrubjay.tidy;

import dev.scrubjay.cli.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// What the pages for people say about the command line, held against the command line itself.
final class DocRules {
    /// The page whose blocks of help come from the code; `mvn verify -Dscrubjay.rewrite=true` writes them
    /// anew.
    static final Path REFERENCE = Path.of("docs/command-line.md");

    static final String REWRITE_PROPERTY = "scrubjay.rewrite";

    private static final Pattern COMMAND =
            Pattern.compile("(?:^|[`\\s])\\./scrubjay(?: ([^`\\n#]*))?", Pattern.MULTILINE);
    private static final Pattern HELP = Pattern.compile("<!-- help (\\S+) -->\\n```\\n(.*?)```\\n", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");

    /// Words that stand for others: COMMAND, [OPTION ...], NAME...
    private static final Pattern PLACEHOLDER = Pattern.compile("[\\[\\]<>|…]|\\.\\.\\.|\\b[A-Z]{3,}\\b|<[a-z]+>");

    private DocRules() {}

    /// Whoever pastes a command from a page gets what the page says.
    static List<String> documentedCommands(Tree tree) {
        var violations = new ArrayList<String>();
        for (var page : tree.files(".md")) {
            var command = COMMAND.matcher(tree.text(page));
            while (command.find()) {
                var arguments = command.group(1) == null ? "" : command.group(1).strip();
                if (!arguments.isEmpty() && !PLACEHOLDER.matcher(arguments).find()) {
                    try {
                        Cli.commandLine().parseArgs(arguments.split(" +", -1));
                    } catch (CommandLine.ParameterException e) {
                        violations.add(page + ": './scrubjay " + arguments + "' does not work: " + e.getMessage());
                    }
                }
            }
        }
        return violations;
    }

    /// The reference has the help of every command, word for word.
    ///
    /// @param rewrite whether to write the help into the page first
    static List<String> reference(Tree tree, boolean rewrite) {
        var commands = new TreeMap<>(Cli.commandLine().getSubcommands());
        var text = tree.text(REFERENCE);
        if (rewrite) {
            text = HELP.matcher(text)
                    .replaceAll(block -> Matcher.quoteReplacement("<!-- help " + block.group(1) + " -->\n```\n"
                            + (commands.containsKey(block.group(1))
                                    ? help(commands.get(block.group(1)))
                                    : block.group(2))
                            + "```\n"));
            write(tree.root().resolve(REFERENCE), text);
        }
        var violations = new ArrayList<String>();
        var documented = new TreeMap<String, String>();
        HELP.matcher(text).results().forEach(block -> documented.put(block.group(1), block.group(2)));
        commands.forEach((name, command) -> {
            if (!documented.containsKey(name)) {
                violations.add(REFERENCE + ": has no block '<!-- help " + name + " -->'; add one");
            } else if (!documented.get(name).equals(help(command))) {
                violations.add(REFERENCE + ": the help of " + name + " is another now; write it anew with "
                        + "mvn verify -D" + REWRITE_PROPERTY + "=true, and read the difference");
            }
        });
        documented.keySet().stream()
                .filter(name -> !commands.containsKey(name))
                .forEach(name -> violations.add(REFERENCE + ": there is no command " + name + "; remove its block"));
        return violations;
    }

    /// Links between pages lead somewhere.
    static List<String> links(Tree tree) {
        var violations = new ArrayList<String>();
        for (var page : tree.files(".md")) {
            var link = LINK.matcher(tree.text(page));
            while (link.find()) {
                var target = tree.root().resolve(page).resolveSibling(link.group(1));
                if (!Files.exists(target)) {
                    violations.add(page + ": links to " + link.group(1) + ", which is not there");
                }
            }
        }
        return violations;
    }

    private static String help(CommandLine command) {
        return command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
