package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.core.Outputs;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSink;
import io.github.reedgate.output.Output;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of all outputs: each is opened, switched off, when it is driven first, or next if it can't be. What becomes of
 * it arrives as an event if it is news. Owned by the loop thread.
 */
final class OutputLines {

    private static final Logger LOG = LoggerFactory.getLogger(OutputLines.class);

    private final LineSink sink;
    private final List<Output> outputs;
    private final InputQueue queue;
    private final boolean[] open;
    private final boolean[] failed;

    OutputLines(LineSink sink, List<Output> outputs, InputQueue queue) {
        this.sink = sink;
        this.outputs = List.copyOf(outputs);
        this.queue = queue;
        this.open = new boolean[outputs.size()];
        this.failed = new boolean[outputs.size()];
    }

    /** What each output does, by its id. */
    Map<String, String> words(Outputs known) {
        return Glance.words(outputs, known);
    }

    /** Switches an output on or off; each failure, and the first success after one, is told. */
    void drive(int index, boolean on) {
        try {
            write(index, on);
            if (failed[index]) {
                failed[index] = false;
                queue.offer(new LoopInput.Core(new Input.OutputDriven(index)));
            }
        } catch (LineException e) {
            failed(index, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.debug("switching output {} failed", outputs.get(index).id(), e);
            failed(index, "a defect of the program: " + e);
        }
    }

    private void write(int index, boolean on) throws LineException {
        Output output = outputs.get(index);
        if (!open[index]) {
            sink.open(output.line(), output.level(false));
            open[index] = true;
        }
        sink.write(output.line(), output.level(on));
    }

    private void failed(int index, String reason) {
        failed[index] = true;
        queue.offer(new LoopInput.Core(new Input.OutputFailed(index, reason)));
    }
}
