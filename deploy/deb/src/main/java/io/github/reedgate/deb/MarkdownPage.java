package io.github.reedgate.deb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The manual page of a program's configuration, made from its document. Knows as much of Markdown as those documents
 * use: headings, paragraphs, lists, tables, blocks of code, links and emphasis. For one thread.
 */
final class MarkdownPage {

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\([^)]*\\)");
    private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern RULE = Pattern.compile("\\|[ |:-]+\\|");

    private final Program program;
    private final Roff page;
    private final List<String> lines;
    private int at;

    private MarkdownPage(List<String> lines, Program program, Roff page) {
        this.lines = lines;
        this.program = program;
        this.page = page;
    }

    /**
     * The page's text.
     *
     * @param markdown the document
     */
    static String of(String markdown, Program program, Sources sources) {
        String name = program.name() + ".yaml";
        Roff page = new Roff(name, 5, sources.version(), sources.time());
        page.name(name, "configuration of the " + program.kind());
        page.section("Description");
        MarkdownPage text = new MarkdownPage(markdown.lines().toList(), program, page);
        while (text.at < text.lines.size()) {
            text.block();
        }
        page.section("Files");
        page.tagged("/" + program.configuration(), "The configuration that the service reads.");
        page.tagged("/" + program.example(), "A commented one with every key in it.");
        page.section("See also");
        page.paragraph(program.name() + "(1)");
        return page.toString();
    }

    private void block() {
        String line = lines.get(at);
        if (line.isBlank() || line.startsWith("# ")) {
            at++; // the page has its own title
        } else if (line.startsWith("## ")) {
            page.section(plain(line.substring(3)));
            at++;
        } else if (line.startsWith("### ")) {
            page.part(plain(line.substring(4)));
            at++;
        } else if (line.startsWith("```")) {
            code();
        } else if (line.startsWith("|")) {
            table();
        } else if (line.startsWith("- ")) {
            page.bullet(plain(gathered().substring(2)));
        } else {
            page.paragraph(plain(gathered()));
        }
    }

    /** The lines up to the next block, as one. */
    private String gathered() {
        List<String> taken = new ArrayList<>();
        do {
            taken.add(lines.get(at++).strip());
        } while (at < lines.size() && !beginsBlock(lines.get(at)));
        return String.join(" ", taken);
    }

    private static boolean beginsBlock(String line) {
        return line.isBlank()
                || line.startsWith("- ")
                || line.startsWith("|")
                || line.startsWith("```")
                || line.startsWith("#");
    }

    private void code() {
        List<String> taken = new ArrayList<>();
        for (at++; !lines.get(at).startsWith("```"); at++) {
            taken.add(lines.get(at));
        }
        at++;
        page.literal(taken);
    }

    private void table() {
        List<String> heads = cells(lines.get(at++));
        for (; at < lines.size() && lines.get(at).startsWith("|"); at++) {
            if (!RULE.matcher(lines.get(at)).matches()) {
                row(heads, cells(lines.get(at)));
            }
        }
    }

    /** A row under its first cell: the last cell if it is a sentence, then the others with their headings. */
    private void row(List<String> heads, List<String> cells) {
        int last = cells.size() - 1;
        boolean isSentence = cells.get(last).endsWith(".");
        List<String> parts = new ArrayList<>();
        if (isSentence) {
            parts.add(cells.get(last));
        }
        for (int i = 1; i < (isSentence ? last : last + 1); i++) {
            parts.add(capital(heads.get(i)) + ": " + cells.get(i) + ".");
        }
        page.tagged(cells.get(0), String.join(" ", parts));
    }

    private List<String> cells(String row) {
        String inner = row.strip().substring(1, row.strip().length() - 1);
        return Arrays.stream(CELL.split(inner, -1)).map(this::plain).toList();
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** A text without its marks. */
    private String plain(String text) {
        return LINK.matcher(text)
                .replaceAll("$1")
                .replace(program.exampleSource(), "/" + program.example())
                .replace("`", "")
                .replace("**", "")
                .replaceAll("(?<![A-Za-z0-9])\\*([^*]+)\\*", "$1")
                .strip();
    }
}
