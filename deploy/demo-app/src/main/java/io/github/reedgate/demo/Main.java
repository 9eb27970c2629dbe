package io.github.reedgate.demo;

import io.github.reedgate.testbroker.BrokerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    private Main() {}

    /** Runs the demo and ends the process: 0 if all promises were kept, 1 if not. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        Paint paint = new Paint(colours);
        Board board = new Board(out, paint);
        board.across("starting the broker, the gateway and a phone …");
        try (Stage stage = new Stage(launcher, lan, board)) {
            board.across("");
            Invitation.lines(stage.broker(), lan, paint).forEach(board::across);
            if (!story) {
                board.across("");
                Keys.HELP.forEach(line -> board.across(paint.bold(line)));
            }
            board.heading();
            boolean good;
            if (story) {
                good = new Story(stage, board).play();
            } else {
                good = new Keys(stage, board).play(System.in);
            }
            return good ? 0 : 1;
        } catch (DemoException | BrokerException e) {
            board.across(paint.red("the demo failed: " + e.getMessage()));
            return 1;
        }
    }
}
