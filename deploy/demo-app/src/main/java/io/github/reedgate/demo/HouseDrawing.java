package io.github.reedgate.demo;

import java.util.List;

/** The house with its front door and its kitchen window, seven rows of {@value #COLUMNS} columns. Stateless. */
final class HouseDrawing {

    static final int COLUMNS = 20;

    private HouseDrawing() {}

    /**
     * Draws it.
     *
     * @param now what is open
     * @param opened what an open door or window means now
     * @param glyphs the characters that can be shown
     */
    static List<Row> rows(World.HouseNow now, Tone opened, Glyphs glyphs) {
        List<String> door = now.isDoorOpen() ? List.of("┌──┐", "│ ╱│", "│╱ │") : List.of("┌──┐", "│▒▒│", "│▒•│");
        List<String> window =
                now.isWindowOpen() ? List.of("┌───┐", "│ ╱ │", "└───┘") : List.of("┌─┬─┐", "├─┼─┤", "└─┴─┘");
        Tone ofDoor = now.isDoorOpen() ? opened : Tone.PLAIN;
        Tone ofWindow = now.isWindowOpen() ? opened : Tone.PLAIN;
        return List.of(
                wall("   ______________   ", glyphs),
                wall("  ╱              ╲  ", glyphs),
                wall(" ╱________________╲ ", glyphs),
                storey(door.get(0), ofDoor, window.get(0), ofWindow, glyphs),
                storey(door.get(1), ofDoor, window.get(1), ofWindow, glyphs),
                storey(door.get(2), ofDoor, window.get(2), ofWindow, glyphs),
                wall(" ╰─┴──┴───────────╯ ", glyphs));
    }

    private static Row wall(String text, Glyphs glyphs) {
        return Row.of(glyphs.shown(text), Tone.PLAIN);
    }

    private static Row storey(String door, Tone ofDoor, String window, Tone ofWindow, Glyphs glyphs) {
        return wall(" │ ", glyphs)
                .plus(glyphs.shown(door), ofDoor)
                .plus("   ", Tone.PLAIN)
                .plus(glyphs.shown(window), ofWindow)
                .plus(wall("   │ ", glyphs))
                .fit(COLUMNS);
    }
}
