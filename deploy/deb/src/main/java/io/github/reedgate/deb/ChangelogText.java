package io.github.reedgate.deb;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's form of {@code CHANGELOG.md}: an entry for each version, newest first. What is not released yet belongs to this
 * build. Its entry is that of a release if this build has the release's version; else it is dated later than the release
 * before. For one thread.
 */
final class ChangelogText {

    private static final Pattern RELEASE = Pattern.compile("## \\[([^\\]]+)\\](?: - ([0-9]{4}-[0-9]{2}-[0-9]{2}))?");
    private static final int WIDTH = 78;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final String name;
    private final String maintainer;
    private final StringBuilder text = new StringBuilder();
    private String open = "";
    private Instant openDay = Instant.EPOCH;
    private boolean isReleased;

    private ChangelogText(String name, String maintainer) {
        this.name = name;
        this.maintainer = maintainer;
    }

    /**
     * The changelog's text.
     *
     * @param name the package's name
     * @param markdown the text of {@code CHANGELOG.md}
     * @param version Debian's version of this build
     * @param time this build's time
     * @param maintainer name and address
     */
    static String of(String name, String markdown, String version, Instant time, String maintainer) {
        ChangelogText changelog = new ChangelogText(name, maintainer);
        List<String> item = new ArrayList<>();
        for (String line : markdown.lines().toList()) {
            Matcher release = RELEASE.matcher(line);
            boolean continues = !item.isEmpty() && line.startsWith("  ");
            if (!continues) {
                changelog.item(item);
            }
            if (release.matches()) {
                changelog.release(release, version, time);
            } else if (line.startsWith("- ") || continues) {
                item.add(line.substring(2).strip());
            }
        }
        changelog.item(item);
        changelog.close(changelog.openDay);
        return changelog.text.toString();
    }

    private void release(Matcher release, String version, Instant time) {
        String date = release.group(2);
        Instant day = date == null
                ? time
                : LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
        String number = date == null ? version : Version.ofMaven(release.group(1));
        if (!number.equals(open)) {
            boolean isOlder = !isReleased && !openDay.isAfter(day);
            close(isOlder ? day.plus(Duration.ofDays(1)) : openDay);
            text.append(name).append(" (").append(number).append(") unstable; urgency=medium\n\n");
        }
        open = number;
        openDay = day;
        isReleased = date != null;
    }

    private void close(Instant day) {
        if (!open.isEmpty()) {
            String date = DATE.format(day.atZone(ZoneOffset.UTC));
            text.append("\n -- ").append(maintainer).append("  ").append(date).append("\n\n");
        }
    }

    /** One change, wrapped; the list is empty afterwards. */
    private void item(List<String> lines) {
        if (lines.isEmpty() || open.isEmpty()) {
            lines.clear();
            return;
        }
        StringBuilder line = new StringBuilder("  *");
        for (String word : String.join(" ", lines).replace("`", "").split(" +", -1)) {
            if (line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
        lines.clear();
    }
}
