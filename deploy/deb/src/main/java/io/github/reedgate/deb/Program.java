package io.github.reedgate.deb;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * A program as its package, manual pages and completion describe it. Used by one thread.
 *
 * @param name the name of the program, and of its package, unit, user and configuration file
 * @param about one line for {@code apropos}
 * @param kind what it is, with its name: completes "configuration of the"
 * @param introduction what its manual page says after the description of its command line
 * @param configuration where the package installs the configuration, without a leading slash
 * @param line its command line with all commands
 * @param environment variables that people may set, with their meaning, in the order of the names
 * @param files files that people should know, with their meaning, in the order of the paths
 * @param seeAlso other manual pages
 */
record Program(
        String name,
        String about,
        String kind,
        String introduction,
        String configuration,
        CommandLine line,
        Map<String, String> environment,
        Map<String, String> files,
        String seeAlso) {

    /** Sorts the maps. */
    Program {
        environment = new TreeMap<>(environment);
        files = new TreeMap<>(files);
    }

    /** The folder of the program, without a leading slash, with one at its end. */
    String share() {
        return "usr/share/" + name + "/";
    }

    /** The folder of its documents, without a leading slash, with one at its end. */
    String doc() {
        return "usr/share/doc/" + name + "/";
    }

    /** Where the commented example is installed, without a leading slash. */
    String example() {
        return doc() + "examples/" + name + ".yaml";
    }

    /** Where the commented example is in the sources, below the top folder. */
    String exampleSource() {
        return "deploy/" + name + ".example.yaml";
    }
}
