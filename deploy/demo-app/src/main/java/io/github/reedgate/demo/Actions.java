package io.github.reedgate.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What can be done in the demo, each deed shown in the left column. Owned by one thread. */
final class Actions {

    private static final Duration SETTLED = Duration.ofMillis(400);

    private final Stage stage;
    private final Board board;
    private final Deeds deeds = new Deeds();

    Actions(Stage stage, Board board) {
        this.stage = stage;
        this.board = board;
    }

    Deeds deeds() {
        return deeds;
    }

    /** Moves the door as an ordinary reed switch does and waits until its contact has settled. */
    void move(boolean open) throws InterruptedException {
        if (deeds.isOpen() == open) {
            board.left("the door is " + deeds.doorIs() + " already", Tone.DIM);
            return;
        }
        deeds.moved(open, stage.isBrokerUp());
        show();
        board.left(open ? "the door opens" : "the door closes", Tone.BOLD);
        Door door = stage.door();
        long before = door.edges();
        door.move(open);
        settle();
        tellEdges(door.edges() - before);
    }

    /** Disturbs the line with pulses too short for a door. */
    void disturb() throws InterruptedException {
        deeds.disturbed();
        board.left("a burst of interference", Tone.WATCH);
        Door door = stage.door();
        long before = door.edges();
        door.disturb();
        settle();
        tellEdges(door.edges() - before);
    }

    void cutBroker() {
        board.left("the broker stops …", Tone.ALARM);
        stage.cutBroker();
        show();
        board.left("the broker is gone", Tone.ALARM);
    }

    void restoreBroker() {
        board.left("the broker starts …", Tone.GOOD);
        stage.restoreBroker();
        show();
        board.left("the broker is back", Tone.GOOD);
    }

    /** Moves the window likewise. */
    void moveWindow(boolean open) throws InterruptedException {
        deeds.windowMoved(open, stage.isBrokerUp());
        show();
        String opens = stage.received().lastOn("panel/state").equals("disarmed")
                ? "the kitchen window opens"
                : "the kitchen window is forced open";
        board.left(open ? opens : "the kitchen window closes", Tone.BOLD);
        stage.window().move(open);
        settle();
    }

    /** Sends the panel a command from the phone. */
    void order(String action, String code) {
        if (!stage.isBrokerUp()) {
            board.left("the phone has no connection", Tone.DIM);
            return;
        }
        board.left("the phone sends " + action + ", code " + code, Tone.BOLD);
        stage.phone().send(House.ROOT + "/panel/set", "{\"action\":\"" + action + "\",\"code\":\"" + code + "\"}");
    }

    private void show() {
        board.house(new World.HouseNow(deeds.isOpen(), deeds.isWindowOpen(), stage.isBrokerUp()));
    }

    private void tellEdges(long edges) {
        String text = edges == 1 ? "  1 edge" : "  " + edges + " edges";
        board.left(text + (stage.isBrokerUp() ? " on the line" : ", and no broker"), Tone.DIM);
    }

    private static void settle() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SETTLED.toMillis());
    }
}
