package io.github.reedgate.config;

import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a configuration file by a table of keys. The file is valid as a whole, or refused with everything that is wrong with
 * it. Safe for use by any thread.
 */
public final class SettingsReader {

    private final KeyTable table;

    /** A reader of files with these keys. */
    public SettingsReader(KeyTable table) {
        this.table = table;
    }

    /**
     * Makes settings of the top section.
     *
     * @param <T> the settings
     */
    @FunctionalInterface
    public interface Reading<T> {

        /**
         * Reads the keys, and reports what is wrong to their section. What it returns counts only if nothing was reported.
         *
         * @param top the top of the file
         * @param folder the folder that relative paths in the file start from
         */
        T from(Section top, Path folder);
    }

    /**
     * Reads a file; blocks on the file system.
     *
     * @param file UTF-8, YAML 1.2, 256 KiB at most; relative paths in it start from its folder
     * @throws ConfigException if it cannot be read or anything in it is wrong
     */
    public <T> T read(Path file, Reading<T> reading) throws ConfigException {
        Problems problems = new Problems(file.toString());
        Optional<String> text = new ConfigFile(problems, table.example()).read(file);
        return read(text, problems, folderOf(file), reading);
    }

    /**
     * Reads text as if it stood in a file.
     *
     * @param text the file's content
     * @param name the file's name for messages; relative paths in the text start from its folder
     * @throws ConfigException if anything in it is wrong
     */
    public <T> T read(String text, String name, Reading<T> reading) throws ConfigException {
        return read(Optional.of(text), new Problems(name), folderOf(Path.of(name)), reading);
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("").toAbsolutePath() : parent;
    }

    private <T> T read(Optional<String> text, Problems problems, Path folder, Reading<T> reading)
            throws ConfigException {
        Optional<Node> node = text.flatMap(new YamlText(problems, table.essentials())::compose);
        Optional<T> settings = node.map(top -> reading.from(Section.top(problems, table, top), folder));
        if (settings.isEmpty() || !problems.isEmpty()) {
            throw problems.asException();
        }
        return settings.get();
    }
}
