package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The package of the monitor, and what only it has. */
@Tag("brokerless")
final class MonitorPackageIT extends PackageChecks {

    MonitorPackageIT() throws IOException {
        super(Packed.MONITOR);
    }

    @Test
    void itNeedsNoOtherPackageOfTheProject() throws IOException {
        assertThat(deb().field("Depends")).doesNotContain("reedgate");
        assertThat(libraries()).anyMatch(jar -> jar.startsWith("reedgate-gateway-"));
        assertThat(libraries()).anyMatch(jar -> jar.startsWith("postgresql-"));
    }

    @Test
    void itHasNothingToDoWithGpioLines() {
        assertThat(libraries()).noneMatch(jar -> jar.startsWith("pi4j-"));
        assertThat(data().keySet()).noneMatch(path -> path.contains("udev"));
        assertThat(entry("usr/share/doc/reedgate-monitor/copyright").text()).doesNotContain("LGPL", "Pi4J");
    }

    @Test
    void bothPackagesCanBeInstalledBesideEachOther() throws IOException {
        assertThat(data().values())
                .filteredOn(entry -> entry.type() != '5')
                .extracting(BuiltPackage.Entry::path)
                .doesNotContainAnyElementsOf(Packed.GATEWAY.read().data().values().stream()
                        .filter(entry -> entry.type() != '5')
                        .map(BuiltPackage.Entry::path)
                        .toList());
    }

    @Test
    void theStartScriptIsThatOfTheGateway() throws IOException {
        BuiltPackage.Entry gateways = Packed.GATEWAY.read().data().values().stream()
                .filter(entry -> entry.path().equals("usr/share/reedgate/bin/reedgate"))
                .findFirst()
                .orElseThrow();
        assertThat(entry("usr/share/reedgate-monitor/bin/reedgate-monitor").bytes())
                .isEqualTo(gateways.bytes());
    }
}
