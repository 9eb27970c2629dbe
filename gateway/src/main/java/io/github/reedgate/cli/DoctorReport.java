package io.github.reedgate.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.doctor.Finding;
import io.github.reedgate.doctor.Status;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code doctor} found, for people and for programs. Stateless. */
final class DoctorReport {

    private static final int STATUS_WIDTH = 6;
    private static final int NAME_WIDTH = 12;
    private static final int NARROW = 60;
    private static final int NARROW_INDENT = 4;
    private static final int LONGEST = 600;

    private DoctorReport() {}

    /**
     * One finding for people: what was seen, and below it the fix if there is something to do.
     *
     * @param colours whether the terminal understands colours
     * @param columns how wide the lines may be; {@link Integer#MAX_VALUE} for no limit
     * @param zone the reader's; times in the finding are shown in it
     */
    static List<String> lines(Finding finding, boolean colours, int columns, ZoneId zone) {
        String word = word(finding.status());
        String padded = word + " ".repeat(Math.max(1, STATUS_WIDTH - word.length()));
        List<String> lines = new ArrayList<>();
        int indent = columns < NARROW ? NARROW_INDENT : STATUS_WIDTH + NAME_WIDTH;
        lines.addAll(Folded.lines(
                (colours ? coloured(finding.status(), padded) : padded)
                        + padded(finding.check().word())
                        + text(ReaderTime.within(finding.seen(), zone)),
                columns,
                indent));
        if (!finding.fix().isEmpty()) {
            lines.addAll(Folded.lines(
                    " ".repeat(indent) + "fix: " + text(ReaderTime.within(finding.fix(), zone)), columns, indent));
        }
        return lines;
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(1, NAME_WIDTH - name.length()));
    }

    private static String text(String text) {
        return SafeText.line(text, LONGEST);
    }

    /** The status as it is printed. */
    static String word(Status status) {
        return status == Status.SKIPPED ? "skip" : status.name().toLowerCase(Locale.ROOT);
    }

    private static String coloured(Status status, String word) {
        String code = switch (status) {
            case OK -> "32";
            case WARN -> "33";
            case FAIL -> "31;1";
            case SKIPPED -> "2";
        };
        return "\u001B[" + code + "m" + word + "\u001B[0m";
    }

    /** The last line for people. */
    static String summary(List<Finding> findings) {
        return count(findings, Status.OK) + " ok, " + count(findings, Status.WARN) + " warn, "
                + count(findings, Status.FAIL) + " fail, " + count(findings, Status.SKIPPED) + " skip";
    }

    /** How many ended so. */
    static long count(List<Finding> findings, Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    /** All of it as one JSON document. */
    static String json(List<Finding> findings) throws IOException {
        List<Map<String, Object>> checks = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("check", finding.check().word());
            check.put("status", word(finding.status()));
            check.put("seen", finding.seen());
            check.put("fix", finding.fix());
            checks.add(check);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", count(findings, Status.FAIL) == 0);
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            counts.put(word(status), count(findings, status));
        }
        document.put("counts", counts);
        document.put("checks", checks);
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(document);
    }
}
