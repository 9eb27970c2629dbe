package io.github.reedgate.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The demo driven by hand, one key a deed. The terminal must hand over keys at once. Owned by one thread. */
final class Keys {

    static final List<String> HELP = List.of(
            "keys: o open   c close   b interference   w window   x cut or restore the broker",
            "      a arm   d disarm   f disarm with a false code   q quit");

    private static final String FALSE_CODE = "1234";

    private final Stage stage;
    private final Board board;
    private final Actions actions;

    Keys(Stage stage, Board board) {
        this.stage = stage;
        this.board = board;
        this.actions = new Actions(stage, board);
    }

    /** Does what the keys say until q or the end of the input; true if the gateway lived all the time. */
    boolean play(InputStream keys) throws InterruptedException, IOException {
        KeyReader reader = new KeyReader(keys);
        while (stage.gatewayLives()) {
            switch (reader.next()) {
                case 'o', 'O' -> actions.move(true);
                case 'c', 'C' -> actions.move(false);
                case 'b', 'B' -> actions.disturb();
                case 'w', 'W' -> actions.moveWindow(!actions.deeds().isWindowOpen());
                case 'a', 'A' -> actions.order("ARM_AWAY", House.CODE);
                case 'd', 'D' -> actions.order("DISARM", House.CODE);
                case 'f', 'F' -> actions.order("DISARM", FALSE_CODE);
                case 'x', 'X' -> toggleBroker();
                case 'q', 'Q', KeyReader.END -> {
                    board.left("stopping everything …", Tone.DIM);
                    return true;
                }
                default -> board.help(HELP);
            }
        }
        board.across(board.paint().red("the gateway has ended by itself"));
        stage.lastWords().forEach(board::across);
        return false;
    }

    private void toggleBroker() {
        if (stage.isBrokerUp()) {
            actions.cutBroker();
        } else {
            actions.restoreBroker();
        }
    }
}
