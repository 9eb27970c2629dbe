package io.github.reedgate.demo;

import io.github.reedgate.testbroker.BrokerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry point; started by the script {@code deploy/demo}, which explains the options to people. */
@Command(name = "demo")
public final class Main implements Callable<Integer> {

    @Option(names = "--launcher", required = true)
    private Path launcher = Path.of("reedgate");

    @Option(names = "--story")
    private boolean story;

    @Option(names = "--lan")
    private boolean lan;

    @Option(names = "--colours")
    private boolean colours;

    @Option(names = "--board")
    private boolean board;

    @Option(names = "--ascii")
    private boolean ascii;

    private Main() {}

    /** Runs the demo and ends the process: 0 if all promises were kept, 1 if not. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        Paint paint = new Paint(colours);
        Glyphs glyphs = ascii ? Glyphs.ascii() : Glyphs.unicode();
        Optional<TerminalSize> size = board && !story ? TerminalSize.ask() : Optional.empty();
        if (size.isPresent() && Picture.fits(size.get().columns(), size.get().rows())) {
            try (FullScreen screen = new FullScreen(out, paint, glyphs, size.get())) {
                return guarded(screen, () -> onBoard(screen, glyphs));
            }
        }
        Scroll scroll = new Scroll(out, paint, glyphs);
        if (board && !story) {
            int columns = size.map(TerminalSize::columns).orElse(Picture.COLUMNS);
            Columns.wrap(TerminalSize.whyNoBoard(size), Math.max(2, columns)).forEach(scroll::across);
        }
        return guarded(scroll, () -> scrolling(scroll));
    }

    /** A show that may be interrupted. */
    private interface Play {
        boolean play() throws InterruptedException, IOException;
    }

    private static int guarded(Board board, Play play) throws InterruptedException, IOException {
        board.across("starting the broker, the gateway and a phone …");
        try {
            return play.play() ? 0 : 1;
        } catch (DemoException | BrokerException e) {
            board.across(board.paint().red("the demo failed: " + e.getMessage()));
            return 1;
        }
    }

    private boolean onBoard(FullScreen screen, Glyphs glyphs) throws InterruptedException, IOException {
        try (Stage stage = new Stage(launcher, lan, screen)) {
            int port = stage.broker().port();
            screen.show(new Picture(glyphs, port, Invitation.onBoard(stage.broker(), lan)));
            return new Keys(stage, screen).play(System.in);
        }
    }

    private boolean scrolling(Scroll scroll) throws InterruptedException, IOException {
        try (Stage stage = new Stage(launcher, lan, scroll)) {
            scroll.across("");
            Invitation.lines(stage.broker(), lan, scroll.paint()).forEach(scroll::across);
            if (!story) {
                scroll.across("");
                Keys.HELP.forEach(line -> scroll.across(scroll.paint().bold(line)));
            }
            scroll.heading();
            return story ? new Story(stage, scroll).play() : new Keys(stage, scroll).play(System.in);
        }
    }
}
