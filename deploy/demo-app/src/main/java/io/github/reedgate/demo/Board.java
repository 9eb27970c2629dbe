package io.github.reedgate.demo;

import java.util.List;

/**
 * Where the demo is shown: as a board that fills the terminal ({@link FullScreen}), or as text that scrolls ({@link Scroll}).
 * Safe for use by any thread.
 */
interface Board {

    /** The colours, for texts that are put together elsewhere. */
    Paint paint();

    /** Shows what happens in the house. */
    void left(String text, Tone tone);

    /** Shows a message that the phone got; not every message is shown. */
    void arrived(Arrival arrival);

    /** Shows a text that belongs neither to the house nor to the phone. */
    void across(String text);

    /** Shows that a part of the story begins. */
    void chapter(String title);

    /** Reminds of the keys. */
    void help(List<String> keys);

    /** Shows the house as it is now. Text that scrolls does not. */
    default void house(World.HouseNow now) {}
}
