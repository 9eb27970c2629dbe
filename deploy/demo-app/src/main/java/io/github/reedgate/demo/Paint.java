package io.github.reedgate.demo;

/** Colours for the terminal, or none. Immutable. */
final class Paint {

    private final boolean colours;

    Paint(boolean colours) {
        this.colours = colours;
    }

    /** Returns the text in the colour of its tone; the text itself if it is plain or there are no colours. */
    String tone(Tone tone, String text) {
        return switch (tone) {
            case PLAIN -> text;
            case BOLD -> bold(text);
            case DIM -> dim(text);
            case GOOD -> green(text);
            case CALM -> code("36", text);
            case WATCH -> yellow(text);
            case ALARM -> red(text);
        };
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
