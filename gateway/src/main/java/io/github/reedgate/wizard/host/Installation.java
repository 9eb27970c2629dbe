package io.github.reedgate.wizard.host;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.SetupFiles;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Part;
import io.github.reedgate.wizard.Outcome.Wrong;
import io.github.reedgate.wizard.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes what was chosen, starts the gateway and sends a test alarm. If anything fails, the files and the service are put back
 * as they were. Used by one thread; blocks for minutes.
 */
public final class Installation {

    private static final Duration UNTIL_FILES_COUNT = Duration.ofSeconds(10);
    private static final Duration UNTIL_BACK = Duration.ofMinutes(5);

    private final Path file;
    private final SetupFiles files;
    private final Parts parts;
    private final Manner manner;
    private final Contents contents;
    private final Accounts accounts;
    private final Change change;
    private final Work work = new Work();
    private final List<String> notPutBack = new CopyOnWriteArrayList<>();

    /** What it works with. */
    public record Parts(BrokerHere broker, GatewayService service, Alarm alarm, Put put) {}

    /** The port to the disk. */
    @FunctionalInterface
    public interface Put {

        /**
         * Writes a file whole.
         *
         * @param isSecret true if not everybody may read it
         * @throws IOException if it can't be written; what was there is there still
         */
        void put(Path target, byte[] content, boolean isSecret) throws IOException;
    }

    /**
     * How it is done.
     *
     * @param simulate true if doors are simulated
     * @param isElsewhere true if the configuration is not in the usual place; the state folder is beside it then
     * @param starts false if nothing is started
     */
    public record Manner(boolean simulate, boolean isElsewhere, boolean starts) {}

    /** For one configuration. */
    public Installation(Path file, SetupFiles files, Parts parts, Manner manner) {
        this.file = file;
        this.files = files;
        this.parts = parts;
        this.manner = manner;
        this.contents = new Contents(file, parts.broker(), manner);
        this.accounts = new Accounts(parts.broker());
        this.change = new Change(file, files, parts.put());
    }

    /**
     * Does all of it. If this thread is interrupted, puts everything back and returns {@link Outcome.Left}.
     *
     * @param alarm true if a test alarm is sent
     */
    Outcome carryOut(Draft draft, boolean alarm) {
        work.begin();
        try {
            return done(draft, alarm);
        } catch (InterruptedException e) {
            putBack();
            return new Outcome.Left();
        } finally {
            change.letGo();
            work.end();
        }
    }

    private Outcome done(Draft draft, boolean alarm) throws InterruptedException {
        try {
            Optional<Config> present = files.exists() && !files.isExample()
                    ? Optional.of(new ConfigReader().read(file))
                    : Optional.empty();
            contents.check(draft, present);
            Outcome broker = accounts.make(draft, present);
            return broker instanceof Wrong ? broker : replace(contents.of(draft, present), present, alarm);
        } catch (ConfigException e) {
            return new Wrong(Part.OTHER, e.problems().get(0).toString(), "correct it, then: reedgate check");
        } catch (SetupException e) {
            return new Wrong(Part.OTHER, String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Wrong(Part.OTHER, file + " or what belongs to it can't be read: " + FileReason.of(e), "");
        }
    }

    /** What is left of a step that did not come to its end, as sentences without a full stop; empty if nothing is. */
    public List<String> remains() {
        List<String> all = new ArrayList<>(accounts.remains());
        all.addAll(notPutBack);
        return all;
    }

    /**
     * Ends the last step if it runs, because the process is told to end: interrupts the thread that works and waits until it has
     * put everything back; leaves a word for the next run. Called by another thread; blocks for minutes at most.
     *
     * @return false if the last step does not run
     */
    public boolean abandon() {
        if (!work.isRunning()) {
            return false;
        }
        work.interrupt();
        try {
            if (!work.await(UNTIL_FILES_COUNT)) {
                change.undo(); // the files at least; the service may take longer
                work.await(UNTIL_BACK);
            }
            if (!Files.exists(Change.before(file))) {
                LastRun.leaveWord(file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            notPutBack.add("the next run can't be told that this one was ended: " + FileReason.of(e));
        }
        return true;
    }

    /** Writes the files and starts the gateway; puts everything back if that fails. */
    private Outcome replace(Contents.Written written, Optional<Config> former, boolean alarm)
            throws IOException, InterruptedException {
        try {
            if (!written.secrets().isEmpty()) {
                change.begin();
            }
            for (Map.Entry<Path, byte[]> each : written.open().entrySet()) {
                change.write(each.getKey(), each.getValue(), false);
            }
            for (Map.Entry<Path, byte[]> each : written.secrets().entrySet()) {
                change.write(each.getKey(), each.getValue(), true);
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Wrong(
                    Part.OTHER,
                    file + " or what belongs to it can't be written (" + FileReason.of(e) + ")" + putBack(),
                    "with 'No space left' make room (df -h); otherwise run it as root: sudo reedgate setup");
        }
        Outcome outcome = manner.starts()
                ? started(written, alarm)
                : new Outcome.Well(both(written.said(), List.of(new Said.Text("Nothing was started."))));
        if (!(outcome instanceof Outcome.Well well)) {
            Wrong wrong = (Wrong) outcome;
            return new Wrong(wrong.part(), wrong.seen() + putBack(), wrong.fix());
        }
        change.finish();
        parts.service().finish();
        return new Outcome.Well(both(well.said(), Former.deleteSecrets(file, former, written.config())));
    }

    private static List<Said> both(List<Said> first, List<Said> second) {
        List<Said> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private Outcome started(Contents.Written written, boolean alarm) throws InterruptedException {
        Optional<String> why = parts.service().start();
        if (why.isPresent()) {
            return new Wrong(Part.OTHER, why.get(), "sudo reedgate doctor finds out more");
        }
        Config config = written.config();
        Outcome tried = parts.alarm()
                .send(
                        config.stateDir(),
                        config.sensors().size(),
                        !config.targets().isEmpty(),
                        alarm);
        if (!(tried instanceof Outcome.Well well)) {
            return tried;
        }
        List<Said> said = new ArrayList<>(written.said());
        said.addAll(well.said());
        written.secrets().keySet().stream()
                .filter(path -> path.toString().endsWith(".topic"))
                .forEach(path -> said.add(new Said.Text("The topic for the app ntfy is in " + path + ".")));
        said.addAll(next(config));
        return new Outcome.Well(said);
    }

    private List<Said> next(Config config) {
        List<Said> said = new ArrayList<>(
                List.of(new Said.Text(""), new Said.Text(parts.service().hint())));
        if (parts.broker().isThere()) {
            said.add(new Said.Text("What to type into an MQTT app: sudo reedgate-broker show phone --show-password"));
        }
        if (config.discovery().enabled()) {
            said.add(new Said.Text("Home Assistant: docs/home-assistant.md says what to type there."));
        }
        said.add(new Said.Text(
                "Next: open a door and see it with: sudo reedgate status. Another door or phone: sudo reedgate"
                        + " setup. Arming and siren: docs/alarm.md, which is in /usr/share/doc/reedgate."));
        return said;
    }

    /**
     * Puts the files and the service back.
     *
     * @return how the machine is now, as the end of a sentence
     */
    private String putBack() {
        List<String> failed = new ArrayList<>(change.undo());
        try {
            parts.service().undo();
        } catch (InterruptedException e) {
            failed.add("the service was not put back, because this was ended again: sudo systemctl restart reedgate");
        }
        notPutBack.addAll(failed);
        return failed.isEmpty() ? "; the files are as they were before" : "; " + String.join("; ", failed);
    }
}
