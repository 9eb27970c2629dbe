package io.github.reedgate.demo;

/** Colours for the terminal, or none. Immutable. */
final class Paint {

    private final boolean colours;

    Paint(boolean colours) {
        this.colours = colours;
    }

    String bold(String text) {
        return code("1", text);
    }

    String dim(String text) {
        return code("2", text);
    }

    String red(String text) {
        return code("1;31", text);
    }

    String green(String text) {
        return code("32", text);
    }

    String yellow(String text) {
        return code("33", text);
    }

    private String code(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
