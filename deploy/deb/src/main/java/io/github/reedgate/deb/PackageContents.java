package io.github.reedgate.deb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.AutoComplete;

/**
 * Gathers what the package of a program installs, and writes the package. Each package has the same parts: the program, its
 * unit, its configuration, its documents and the scripts that {@code dpkg} runs. For one thread.
 */
final class PackageContents {

    private static final List<String> SCRIPTS = List.of("postinst", "prerm", "postrm");

    private final Sources sources;
    private final Program program;
    private final Contents contents = new Contents();

    /** An empty package of the program. */
    PackageContents(Sources sources, Program program) {
        this.sources = sources;
        this.program = program;
    }

    /** What was gathered so far, for what only one of the packages has. */
    Contents contents() {
        return contents;
    }

    /**
     * Adds the program.
     *
     * @param distribution the folder that the build has put together, with {@code bin} and {@code lib}, below the top folder
     */
    void program(String distribution) throws IOException {
        Path dist = sources.path(distribution);
        String name = program.name();
        String share = program.share();
        contents.copyAll(dist.resolve("bin"), share + "bin/", Contents.PROGRAM);
        try (DirectoryStream<Path> lists = Files.newDirectoryStream(dist, "*.classlist")) {
            for (Path list : lists) {
                contents.copy(list, share + list.getFileName(), Contents.DATA);
            }
        }
        contents.copy(sources.packaging("files/unpack-natives"), share + "bin/unpack-natives", Contents.PROGRAM);
        contents.copyAll(dist.resolve("lib"), share + "lib/", Contents.DATA);
        contents.link("usr/bin/" + name, "../share/" + name + "/bin/" + name);
        // native libraries are no data: what postinst unpacks lies where programs do
        contents.folder("usr/lib/" + name + "/native/");
        contents.link(share + "native", "../../lib/" + name + "/native");
        // and what make-archive makes may be deleted and made again
        contents.folder("var/cache/" + name + "/");
        contents.link(share + "archive", "/var/cache/" + name);
    }

    /** Adds the unit and the configuration, with a folder for passwords. */
    void service() throws IOException {
        Path example = sources.path(program.exampleSource());
        contents.copy(example, program.configuration(), Contents.DATA);
        contents.folder("etc/" + program.name() + "/credentials/");
        contents.copy(example, program.example(), Contents.DATA);
        contents.file("usr/lib/systemd/system/" + program.name() + ".service", Contents.DATA, unit().getBytes(UTF_8));
    }

    /** The unit without the remark above its first section. */
    private String unit() throws IOException {
        String path = "systemd/" + program.name() + ".service";
        String text = sources.text(path);
        String start = "\nExecStart=/usr/bin/" + program.name() + " run ";
        if (!text.contains(start)) {
            throw new IllegalStateException(path + " has no line that begins with" + start);
        }
        return text.substring(text.indexOf("[Unit]"));
    }

    /**
     * Adds manual pages, completion, changelog, documents and copyright.
     *
     * @param keys the document, in Markdown, that describes the keys of the configuration
     */
    void documents(String keys) throws IOException {
        String name = program.name();
        String doc = program.doc();
        program.line().setUsageHelpAutoWidth(false);
        contents.file(
                "usr/share/bash-completion/completions/" + name,
                Contents.DATA,
                completion().getBytes(UTF_8));
        page("man1/" + name + ".1.gz", CommandPage.of(program, sources));
        page("man5/" + name + ".yaml.5.gz", MarkdownPage.of(keys, program, sources));
        String changelog =
                ChangelogText.of(name, sources.text("CHANGELOG.md"), sources.version(), sources.time(), maintainer());
        contents.file(doc + "changelog.gz", Contents.DATA, BestGzip.of(changelog));
        contents.copy(sources.path("README.md"), doc + "README.md", Contents.DATA);
        contents.copyTree(sources.path("docs"), doc + "docs/", Contents.DATA);
        String copyright = CopyrightText.of(
                Files.readString(sources.packaging("files/copyright")).replace("@package@", name), contents.paths());
        contents.file(doc + "copyright", Contents.DATA, copyright.getBytes(UTF_8));
    }

    /** The completion, to be read by a shell: without the line that names an interpreter. */
    private String completion() {
        return AutoComplete.bash(program.name(), program.line()).replaceFirst("^#!.*\n", "");
    }

    /**
     * Adds a manual page.
     *
     * @param path below {@code usr/share/man}
     */
    void page(String path, String text) throws IOException {
        contents.file("usr/share/man/" + path, Contents.DATA, BestGzip.of(text));
    }

    /**
     * Writes the package, in place of those of the same name and any version.
     *
     * @param folder where; made if it is not there
     */
    void write(Path folder) throws IOException {
        DebFile deb = new DebFile(contents, sources.time());
        deb.control(
                "control",
                own("control")
                        .replace("@version@", sources.version())
                        .replace("@size@", String.valueOf(contents.sizeKib())));
        deb.control("conffiles", "/" + program.configuration() + "\n");
        for (String script : SCRIPTS) {
            deb.control(script, script(script));
        }
        if (Files.exists(ownPath("triggers"))) {
            deb.control("triggers", own("triggers"));
        }
        Files.createDirectories(folder);
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(folder, program.name() + "_*.deb")) {
            for (Path file : earlier) {
                Files.delete(file);
            }
        }
        deb.write(folder.resolve(program.name() + "_" + sources.version() + "_all.deb"));
    }

    /** A maintainer script, with what is the package's own in the places for it. */
    private String script(String name) throws IOException {
        String text = Files.readString(sources.packaging("scripts/" + name))
                .replace("@package@", program.name())
                .replace("@comment@", program.kind())
                .replace("@hint@\n", own("hint"));
        if (Pattern.compile("@[a-z]+@").matcher(text).find()) {
            throw new IllegalStateException("the script " + name + " has a place for something unknown");
        }
        return text;
    }

    private String maintainer() throws IOException {
        return own("control")
                .lines()
                .filter(line -> line.startsWith("Maintainer: "))
                .map(line -> line.substring("Maintainer: ".length()))
                .findFirst()
                .orElseThrow();
    }

    private String own(String name) throws IOException {
        return Files.readString(ownPath(name));
    }

    private Path ownPath(String name) {
        return sources.packaging(program.name() + "/" + name);
    }
}
