package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Debian's form of the changelog. */
final class ChangelogTextTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void eachVersionIsAnEntryNewestFirst() {
        String markdown = """
                # Changelog

                - not of any version

                ## [Unreleased]

                ### Added

                - A `thing`.
                - Another thing, which takes so many words that they do not fit into a line of eighty
                  characters, not even nearly.

                ## [0.1.0-rc.1] - 2025-12-24

                - The first.
                """;
        assertThat(ChangelogText.of("reedgate-monitor", markdown, "0.1.0~SNAPSHOT", TIME, "A B <a@b.c>"))
                .isEqualTo("""
                reedgate-monitor (0.1.0~SNAPSHOT) unstable; urgency=medium

                  * A thing.
                  * Another thing, which takes so many words that they do not fit into a line
                    of eighty characters, not even nearly.

                 -- A B <a@b.c>  Thu, 01 Jan 2026 00:00:00 +0000

                reedgate-monitor (0.1.0~rc.1) unstable; urgency=medium

                  * The first.

                 -- A B <a@b.c>  Wed, 24 Dec 2025 00:00:00 +0000

                """);
    }

    @Test
    void changesAfterAReleaseAreDatedLaterThanIt() {
        String markdown = "## [Unreleased]\n\n- New.\n\n## [0.1.0] - 2026-11-30\n\n- First.\n";
        assertThat(ChangelogText.of("x", markdown, "0.2.0~SNAPSHOT", TIME, "A <a@b.c>"))
                .isEqualTo("""
                x (0.2.0~SNAPSHOT) unstable; urgency=medium

                  * New.

                 -- A <a@b.c>  Tue, 01 Dec 2026 00:00:00 +0000

                x (0.1.0) unstable; urgency=medium

                  * First.

                 -- A <a@b.c>  Mon, 30 Nov 2026 00:00:00 +0000

                """);
    }

    @Test
    void changesOfABuildThatStillHasTheReleasesVersionAreInItsEntry() {
        String markdown = "## [Unreleased]\n\n- New.\n\n## [0.1.0] - 2026-11-30\n\n- First.\n";
        assertThat(ChangelogText.of("x", markdown, "0.1.0", TIME, "A <a@b.c>")).isEqualTo("""
                x (0.1.0) unstable; urgency=medium

                  * New.
                  * First.

                 -- A <a@b.c>  Mon, 30 Nov 2026 00:00:00 +0000

                """);
    }
}
