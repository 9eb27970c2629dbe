package io.github.reedgate.deb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code reedgate-broker --help} prints, taken apart: the manual page and the completion are made from it. Immutable.
 *
 * @param about the paragraphs between the first line and the first table
 * @param tables the tables by their headings: {@code Commands}, {@code Options of setup}, {@code Other options}; each has terms
 *     with their explanations
 * @param notes the paragraphs behind the tables
 */
record BrokerUsage(List<String> about, Map<String, Map<String, String>> tables, List<String> notes) {

    private static final Pattern TEXT = Pattern.compile("(?s)\\nusage\\(\\) \\{\\n    cat <<'TEXT'\\n(.*?)\\nTEXT\\n");
    private static final Pattern ROW = Pattern.compile("  (\\S.*?)(?: {2,}(.*))?");
    private static final Pattern MORE = Pattern.compile(" {20,}(\\S.*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    /**
     * Reads the program.
     *
     * @throws IllegalStateException if its help has no commands or no options, or a line that fits nowhere
     */
    static BrokerUsage of(String program) {
        Matcher found = TEXT.matcher(program);
        if (!found.find()) {
            throw new IllegalStateException("reedgate-broker has no usage() with a text");
        }
        List<String> about = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        for (String block : found.group(1).split("\n\n", -1)) {
            List<String> lines = block.lines().toList();
            if (lines.get(0).startsWith("Usage:")) {
                continue;
            }
            if (lines.size() > 1 && lines.get(1).startsWith("  ")) {
                tables.put(lines.get(0), rows(lines.subList(1, lines.size())));
            } else {
                (tables.isEmpty() ? about : notes).add(String.join(" ", lines));
            }
        }
        BrokerUsage usage = new BrokerUsage(about, tables, notes);
        if (usage.commands().isEmpty() || usage.options().isEmpty()) {
            throw new IllegalStateException("reedgate-broker --help names no commands or no options");
        }
        return usage;
    }

    private static Map<String, String> rows(List<String> lines) {
        Map<String, String> rows = new LinkedHashMap<>();
        String term = "";
        for (String line : lines) {
            Matcher more = MORE.matcher(line);
            Matcher row = ROW.matcher(line);
            if (more.matches()) {
                rows.merge(term, more.group(1), (first, next) -> (first + " " + next).strip());
            } else if (row.matches()) {
                term = row.group(1);
                rows.put(term, row.group(2) == null ? "" : row.group(2));
            } else {
                throw new IllegalStateException("reedgate-broker --help has a line that is no row: " + line);
            }
        }
        return rows;
    }

    /** The names of the commands. */
    List<String> commands() {
        return tables.getOrDefault("Commands", Map.of()).keySet().stream()
                .map(term -> term.split(" ", 2)[0])
                .toList();
    }

    /** The options, each once. */
    List<String> options() {
        return tables.entrySet().stream()
                .filter(table -> !table.getKey().equals("Commands"))
                .flatMap(table -> table.getValue().keySet().stream())
                .flatMap(term -> OPTION.matcher(term).results().map(found -> found.group()))
                .distinct()
                .toList();
    }

    /** The options whose value is a file or folder. */
    private List<String> options(String value) {
        return tables.values().stream()
                .flatMap(table -> table.keySet().stream())
                .filter(term -> term.endsWith(" " + value))
                .map(term -> term.split(" ", 2)[0])
                .distinct()
                .toList();
    }

    /** The completion for bash: commands, options, and paths where an option wants one. */
    String completion() {
        return """
                # completion of reedgate-broker for bash, made from its help
                _complete_reedgate_broker() {
                    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]:-} each
                    COMPREPLY=()
                    case $before in
                        FILES) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
                        FOLDERS) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
                    esac
                    if [[ $word == -* ]]; then
                        mapfile -t COMPREPLY < <(compgen -W 'OPTIONS' -- "$word")
                        return
                    fi
                    for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                        case $each in COMMANDS) return ;; esac
                    done
                    mapfile -t COMPREPLY < <(compgen -W 'WORDS' -- "$word")
                }
                complete -F _complete_reedgate_broker reedgate-broker
                """.replace("FILES", String.join(" | ", options("FILE")))
                .replace("FOLDERS", String.join(" | ", options("DIR")))
                .replace("OPTIONS", String.join(" ", options()))
                .replace("COMMANDS", String.join(" | ", commands()))
                .replace("'WORDS'", "'" + String.join(" ", commands()) + "'");
    }
}
