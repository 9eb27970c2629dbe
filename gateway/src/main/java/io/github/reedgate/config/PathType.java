package io.github.reedgate.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A path; a relative one is taken from the folder of the configuration file. */
final class PathType implements ValueType<Path> {

    @Override
    public Path parse(String text) throws BadValueException {
        if (text.isBlank()) {
            throw BadValueException.of(text, "is blank", "");
        }
        if (text.equals("~") || text.startsWith("~/") || text.contains("$")) {
            throw BadValueException.of(text, "has a ~ or $ in it, which nobody replaces here", "write the path out");
        }
        if (!text.codePoints().allMatch(Shown::isPlain)) {
            throw BadValueException.of(text, "has a control character in it", "");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw BadValueException.of(text, "is not a path: " + e.getReason(), "");
        }
    }

    @Override
    public String allowed() {
        return "a path, absolute or from the folder of this file";
    }
}
