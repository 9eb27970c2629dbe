package io.github.reedgate.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A fixed course of events, and the verdict on what the phone got of it. Owned by one thread. */
final class Story {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STATE_LIMIT = Duration.ofSeconds(5);

    private static final String WRONG_CODE = "1234";

    private final Stage stage;
    private final Board board;
    private final Actions actions;

    Story(Stage stage, Board board) {
        this.stage = stage;
        this.board = board;
        this.actions = new Actions(stage, board);
    }

    /** Plays it; true if every promise was kept. */
    boolean play() throws InterruptedException {
        board.chapter("somebody comes home");
        moves(2);
        board.chapter("a relay sparks beside the cable");
        actions.disturb();
        await(received -> received.events("glitch") > 0);
        board.chapter("the broker goes down");
        actions.cutBroker();
        moves(3);
        actions.restoreBroker();
        awaitAllMoves();
        board.chapter("all is well again");
        moves(1);
        burglary();
        return judge();
    }

    private void burglary() throws InterruptedException {
        board.chapter("everybody leaves");
        order("ARM_AWAY", House.CODE);
        awaitPanel("armed_away");
        board.chapter("a burglar comes");
        actions.moveWindow(true);
        awaitPanel("triggered");
        await(received -> received.events("triggered") > 0
                && received.on("alarm").size() > actions.deeds().openings());
        board.chapter("the burglar guesses a code");
        order("DISARM", WRONG_CODE);
        await(received -> received.events("command_refused") > 0);
        board.chapter(House.PERSON + " is back");
        order("DISARM", House.CODE);
        awaitPanel("disarmed");
        actions.moveWindow(false);
        awaitAllMoves();
    }

    private void order(String action, String code) throws InterruptedException {
        int before = stage.received().on("panel/reply").size();
        actions.order(action, code);
        await(received -> received.on("panel/reply").size() > before);
    }

    private void awaitPanel(String state) throws InterruptedException {
        await(received -> received.lastOn("panel/state").equals(state));
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }

    private void moves(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            move(true);
            move(false);
        }
    }

    private void move(boolean open) throws InterruptedException {
        actions.move(open);
        if (stage.isBrokerUp()) {
            awaitAllMoves();
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
    }

    private void awaitAllMoves() throws InterruptedException {
        Deeds deeds = actions.deeds();
        await(received -> received.events("opened") + received.events("closed")
                        >= deeds.moves().size()
                && received.on("alarm").size() >= deeds.openings());
    }

    /** Whatever is late beyond the limit, the verdict will find it missing. */
    private void await(Predicate<Received> condition) throws InterruptedException {
        if (!stage.received().await(condition, LIMIT)) {
            board.left("(the phone waits in vain)", Tone.ALARM);
        }
    }

    private boolean judge() throws InterruptedException {
        Received received = stage.received();
        Verdict verdict = Verdict.of(actions.deeds(), received, retainedState()).with(Burglary.checks(received));
        List<String> lines = new ArrayList<>(List.of("", "the phone shows"));
        lines.addAll(Screen.picture(received));
        lines.addAll(List.of("", board.paint().bold("verdict"), ""));
        lines.addAll(verdict.table(board.paint()));
        if (!stage.gatewayLives()) {
            lines.add("  the gateway has ended by itself");
        }
        boolean holds = verdict.holds() && stage.gatewayLives();
        if (!holds) {
            lines.addAll(stage.lastWords());
        }
        lines.add("");
        lines.add(
                holds
                        ? board.paint().green("A door moved, the phone knew.")
                        : board.paint().red("A promise was broken."));
        lines.forEach(board::across);
        return holds;
    }

    private String retainedState() throws InterruptedException {
        Received found = new Received();
        String topic = House.ROOT + "/" + House.DOOR + "/state";
        Phone stranger = Phone.stranger(stage.broker().port(), topic, found::add);
        try {
            found.await(so -> !so.all().isEmpty(), STATE_LIMIT);
        } finally {
            stranger.close();
        }
        return found.all().stream()
                .filter(Arrival::retained)
                .map(Arrival::payload)
                .findFirst()
                .orElse("nothing");
    }
}
