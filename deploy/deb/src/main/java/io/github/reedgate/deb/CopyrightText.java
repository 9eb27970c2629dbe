package io.github.reedgate.deb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes the {@code copyright} file of one package from that of all packages. It leaves out paragraphs on files that the
 * package does not install, and licences that no paragraph names any more. Stateless.
 */
final class CopyrightText {

    private static final String FILES = "Files: ";
    private static final String LICENCE = "License: ";

    private CopyrightText() {}

    /**
     * The text for one package.
     *
     * @param all the paragraphs of all packages, in Debian's format 1.0, separated by empty lines
     * @param paths what the package installs, without leading slashes
     */
    static String of(String all, Collection<String> paths) {
        List<String> kept = new ArrayList<>();
        Set<String> licences = new TreeSet<>();
        for (String paragraph : all.strip().split("\n\n+", -1)) {
            if (paragraph.startsWith(FILES)) {
                if (isInstalled(field(paragraph, FILES), paths)) {
                    kept.add(paragraph);
                    licences.addAll(List.of(field(paragraph, LICENCE).split(" and ", -1)));
                }
            } else if (!paragraph.startsWith(LICENCE) || licences.contains(field(paragraph, LICENCE))) {
                kept.add(paragraph);
            }
        }
        return String.join("\n\n", kept) + "\n";
    }

    private static boolean isInstalled(String glob, Collection<String> paths) {
        Pattern pattern = Pattern.compile("\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E");
        return paths.stream().anyMatch(path -> pattern.matcher(path).matches());
    }

    private static String field(String paragraph, String name) {
        return paragraph
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no field '" + name + "' in: " + paragraph))
                .substring(name.length());
    }
}
