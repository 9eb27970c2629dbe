package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Manual pages: nothing in a text is taken for a command. */
final class RoffTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void lineThatLooksLikeACommandIsText() {
        Roff page = new Roff("x", 1, "1.0", TIME);
        page.literal(List.of(".so /etc/passwd", "'quoted'", "a\\fBb"));
        assertThat(page.toString()).contains("\n\\&.so /etc/passwd\n\\(aqquoted\\(aq\na\\efBb\n");
    }

    @Test
    void optionsKeepTheirDashes() {
        Roff page = new Roff("x", 1, "1.0", TIME);
        page.tagged("-c, --config=FILE", "a \"file\"");
        assertThat(page.toString()).contains(".B \"\\-c, \\-\\-config=FILE\"\na \"file\"\n");
    }

    @Test
    void titleHasSectionDateAndVersion() {
        assertThat(new Roff("reedgate.yaml", 5, "1.0", TIME))
                .hasToString(".TH REEDGATE.YAML 5 2026-01-01 \"reedgate 1.0\"\n");
    }
}
