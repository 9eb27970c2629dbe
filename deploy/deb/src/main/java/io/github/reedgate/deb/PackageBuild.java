package io.github.reedgate.deb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reedgate.cli.Main;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Builds {@code reedgate_VERSION_all.deb} from what {@code deploy/dist} has put together. For one thread. */
public final class PackageBuild {

    private static final List<String> SCRIPTS = List.of("postinst", "prerm", "postrm", "triggers");
    private static final Pattern START = Pattern.compile("(?m)^ExecStart=\\S*/reedgate ");
    private static final String SHARE = "usr/share/reedgate/";
    private static final String DOC = "usr/share/doc/reedgate/";
    private static final String CONFIGURATION = "etc/reedgate/reedgate.yaml";

    private final Path top;
    private final String version;
    private final Instant time;
    private final Contents contents = new Contents();

    private PackageBuild(Path top, String version, Instant time) {
        this.top = top;
        this.version = Version.ofMaven(version);
        this.time = time;
    }

    /**
     * Builds the package.
     *
     * @param arguments the project's top folder, the folder for the package, Maven's version, the time of all files
     */
    public static void main(String[] arguments) throws IOException {
        PackageBuild build = new PackageBuild(Path.of(arguments[0]), arguments[2], Instant.parse(arguments[3]));
        build.write(Path.of(arguments[1]));
    }

    private void write(Path folder) throws IOException {
        program();
        systemFiles();
        documents();
        DebFile deb = new DebFile(contents, time);
        deb.control(
                "control",
                source("control/control")
                        .replace("@version@", version)
                        .replace("@size@", String.valueOf(contents.sizeKib())));
        deb.control("conffiles", "/" + CONFIGURATION + "\n");
        for (String script : SCRIPTS) {
            deb.control(script, source("control/" + script));
        }
        Files.createDirectories(folder);
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, "reedgate_*.deb")) {
            for (Path file : earlier) {
                Files.delete(file);
            }
        }
        deb.write(folder.resolve("reedgate_" + version + "_all.deb"));
    }

    private void program() throws IOException {
        Path dist = top.resolve("deploy/dist/target/reedgate");
        contents.copyAll(dist.resolve("bin"), SHARE + "bin/", Contents.PROGRAM);
        try (DirectoryStream<Path> lists = Files.newDirectoryStream(dist, "*.classlist")) {
            for (Path list : lists) {
                contents.copy(list, SHARE + list.getFileName(), Contents.DATA);
            }
        }
        contents.copy(packaging("files/unpack-natives"), SHARE + "bin/unpack-natives", Contents.PROGRAM);
        contents.copyAll(dist.resolve("lib"), SHARE + "lib/", Contents.DATA);
        contents.link("usr/bin/reedgate", "../share/reedgate/bin/reedgate");
        contents.copy(top.resolve("deploy/broker/reedgate-broker"), SHARE + "broker/reedgate-broker", Contents.PROGRAM);
        contents.copyAll(top.resolve("deploy/broker/parts"), SHARE + "broker/parts/", Contents.DATA);
        // native libraries are no data: what postinst unpacks lies where programs do
        contents.folder("usr/lib/reedgate/native/");
        contents.link(SHARE + "native", "../../lib/reedgate/native");
        // and what make-archive makes may be deleted and made again
        contents.folder("var/cache/reedgate/");
        contents.link(SHARE + "archive", "/var/cache/reedgate");
    }

    private void systemFiles() throws IOException {
        Path example = top.resolve("deploy/reedgate.example.yaml");
        contents.copy(example, CONFIGURATION, Contents.DATA);
        contents.folder("etc/reedgate/credentials/");
        contents.copy(example, DOC + "examples/reedgate.yaml", Contents.DATA);
        contents.file(
                "usr/lib/systemd/system/reedgate.service",
                Contents.DATA,
                unit(text("systemd/reedgate.service")).getBytes(UTF_8));
        contents.copy(
                packaging("files/60-reedgate-gpio.rules"),
                "usr/lib/udev/rules.d/60-reedgate-gpio.rules",
                Contents.DATA);
    }

    /** The unit, with the program where the package puts it and without the remark on another place. */
    private static String unit(String text) {
        String unit = START.matcher(text.substring(text.indexOf("[Unit]"))).replaceAll("ExecStart=/usr/bin/reedgate ");
        if (!unit.contains("\nExecStart=/usr/bin/reedgate run ")) {
            throw new IllegalStateException("systemd/reedgate.service starts no 'reedgate run'");
        }
        return unit;
    }

    private void documents() throws IOException {
        CommandLine line = Main.commandLine();
        line.setUsageHelpAutoWidth(false);
        contents.file(
                "usr/share/bash-completion/completions/reedgate",
                Contents.DATA,
                completion(line).getBytes(UTF_8));
        page("man1/reedgate.1.gz", CommandPage.of(line, version, time));
        BrokerUsage broker = BrokerUsage.of(text("deploy/broker/reedgate-broker"));
        contents.file(
                "usr/share/bash-completion/completions/reedgate-broker",
                Contents.DATA,
                broker.completion().getBytes(UTF_8));
        page("man8/reedgate-broker.8.gz", BrokerPage.of(broker, version, time));
        page("man5/reedgate.yaml.5.gz", MarkdownPage.of(text("docs/configuration.md"), version, time));
        contents.file(
                DOC + "changelog.gz",
                Contents.DATA,
                BestGzip.of(ChangelogText.of(text("CHANGELOG.md"), version, time, maintainer())));
        contents.copy(top.resolve("README.md"), DOC + "README.md", Contents.DATA);
        contents.copyTree(top.resolve("docs"), DOC + "docs/", Contents.DATA);
        contents.copy(packaging("files/copyright"), DOC + "copyright", Contents.DATA);
        contents.copy(top.resolve("deploy/dist/src/dist/NOTICE"), DOC + "NOTICE", Contents.DATA);
    }

    /** The completion, to be read by a shell: without the line that names an interpreter. */
    private static String completion(CommandLine line) {
        return AutoComplete.bash("reedgate", line).replaceFirst("^#!.*\n", "");
    }

    private void page(String path, String text) throws IOException {
        contents.file("usr/share/man/" + path, Contents.DATA, BestGzip.of(text));
    }

    private String maintainer() throws IOException {
        return source("control/control")
                .lines()
                .filter(line -> line.startsWith("Maintainer: "))
                .map(line -> line.substring("Maintainer: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private String source(String name) throws IOException {
        return Files.readString(packaging(name));
    }

    private Path packaging(String name) {
        return top.resolve("deploy/deb/src/deb").resolve(name);
    }

    private String text(String path) throws IOException {
        return Files.readString(top.resolve(path));
    }
}
