package io.github.reedgate.deb;

import java.util.Map;

/** Writes the manual page {@code reedgate-broker(8)} from the program's help. Stateless. */
final class BrokerPage {

    private static final Map<String, String> FILES = Map.of(
            "/etc/mosquitto/conf.d/reedgate.conf",
                    "mosquitto's configuration. Change it with reedgate-broker, not by hand.",
            "/etc/mosquitto/reedgate/", "Certificates, hashed passwords, access rules.",
            "/etc/mosquitto/reedgate/credentials/", "Passwords to be handed over, readable by root only.",
            "/etc/reedgate/credentials/viewer.password",
                    "The viewer's password, for reedgate watch, publish and doctor on this machine.");

    private BrokerPage() {}

    /** The page's text. */
    static String of(BrokerUsage usage, Sources sources) {
        Roff page = new Roff("reedgate-broker", 8, sources.version(), sources.time());
        page.name("reedgate-broker", "set up mosquitto as the broker of reedgate gateways");
        page.section("Synopsis");
        page.paragraph("reedgate-broker COMMAND [OPTION]...");
        page.section("Description");
        usage.about().forEach(page::paragraph);
        usage.tables().forEach((heading, rows) -> {
            page.section(heading);
            rows.forEach(page::tagged);
        });
        page.section("Notes");
        usage.notes().forEach(page::paragraph);
        page.section("Files");
        FILES.keySet().stream().sorted().forEach(name -> page.tagged(name, FILES.getOrDefault(name, "")));
        page.section("See also");
        page.paragraph("reedgate(1), reedgate.yaml(5), mosquitto(8), mosquitto.conf(5)");
        return page.toString();
    }
}
