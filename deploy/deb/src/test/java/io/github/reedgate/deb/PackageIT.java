package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The package of the gateway, and what only it has. */
@Tag("brokerless")
final class PackageIT extends PackageChecks {

    PackageIT() throws IOException {
        super(Packed.GATEWAY);
    }

    @Test
    void theLibraryForGpioLinesFindsTheCLibraryThatItNeeds() throws IOException {
        assertThat(deb().field("Depends").split(", ", -1)).contains("libc6 (>= 2.33)");
    }

    @Test
    void chipsBelongToAGroupAndTheBrokerCanBeSetUp() {
        assertThat(data())
                .containsKeys(
                        "usr/lib/udev/rules.d/60-reedgate-gpio.rules",
                        "usr/share/reedgate/broker/reedgate-broker",
                        "usr/share/reedgate/broker/parts/",
                        "usr/share/doc/reedgate/NOTICE",
                        "usr/share/reedgate/bin/make-archive",
                        "usr/share/reedgate/reedgate.classlist");
    }

    @Test
    void anotherJavaMakesAnotherArchive() {
        assertThat(script("triggers")).contains("\ninterest-noawait /usr/lib/jvm\n");
    }
}
