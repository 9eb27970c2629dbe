package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The copyright file of one package, made from that of all. */
final class CopyrightTextTest {

    private static final String ALL = """
            Format: x

            Files: *
            Copyright: 2026 A
            License: Apache-2.0

            Files: usr/share/p/lib/one-*.jar
            Copyright: 2020 B
             2021 C
            License: Expat and MIT-0

            Files: usr/share/p/lib/two-*.jar
            Copyright: 2020 D
            License: LGPL-2.1+

            License: Apache-2.0
             Text.

            License: Expat
             Text.
             .
             More.

            License: LGPL-2.1+
             Text.

            License: MIT-0
             Text.
            """;

    @Test
    void whatIsNotInstalledIsLeftOutWithItsLicence() {
        assertThat(CopyrightText.of(ALL, List.of("usr/", "usr/share/p/lib/one-1.0.jar")))
                .contains("Format: x", "Files: *", "/one-*.jar", "\n\nLicense: Expat\n Text.\n .\n More.\n\n")
                .endsWith("\n\nLicense: MIT-0\n Text.\n")
                .doesNotContain("two-", "LGPL");
    }

    @Test
    void whatIsInstalledStaysAsItIs() {
        assertThat(CopyrightText.of(ALL, List.of("usr/share/p/lib/one-1.jar", "usr/share/p/lib/two-2.jar")))
                .isEqualTo(ALL);
    }

    @Test
    void aNameThatOnlyBeginsAlikeIsAnother() {
        assertThat(CopyrightText.of(ALL, List.of("usr/share/p/lib/one-1.0.jar.asc", "usr/share/p/lib/oneX1.jar")))
                .doesNotContain("one-");
    }

    @Test
    void aParagraphWithoutALicenceIsAMistake() {
        assertThatThrownBy(() -> CopyrightText.of("Files: *\nCopyright: A", List.of("a")))
                .hasMessageContaining("no field 'License: '");
    }
}
