package io.github.reedgate.wizard.host;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.setup.Plan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.SetupFiles;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Part;
import io.github.reedgate.wizard.Outcome.Wrong;
import io.github.reedgate.wizard.Phone;
import io.github.reedgate.wizard.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what was chosen, starts the gateway and sends a test alarm. If anything fails, the files and the service are put back
 * as they were. Used by one thread; blocks for minutes.
 */
public final class Installation {

    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final SetupFiles files;
    private final Parts parts;
    private final Manner manner;

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

    /** What is written. */
    private record Written(Map<Path, byte[]> secrets, Map<Path, byte[]> open, boolean isBrokerNew) {

        /** What is left of a failure. */
        private String left() {
            return isBrokerNew
                    ? "; the files are as they were before, and the broker stays set up"
                    : "; the files are as they were before";
        }
    }

    /** For one configuration. */
    public Installation(Path file, SetupFiles files, Parts parts, Manner manner) {
        this.file = file;
        this.files = files;
        this.parts = parts;
        this.manner = manner;
    }

    /** Does all of it. */
    Outcome carryOut(Draft draft) throws InterruptedException {
        try {
            Optional<Config> present = files.exists() && !files.isExample()
                    ? Optional.of(new ConfigReader().read(file))
                    : Optional.empty();
            check(draft, present);
            Outcome broker = new Accounts(parts.broker()).make(draft, present);
            return broker instanceof Wrong ? broker : write(draft, present);
        } catch (ConfigException e) {
            return new Wrong(Part.OTHER, e.problems().get(0).toString(), "correct it, then: reedgate check");
        } catch (SetupException e) {
            return new Wrong(Part.OTHER, String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            return new Wrong(Part.OTHER, file + " or what belongs to it can't be read: " + FileReason.of(e), "");
        }
    }

    /** Refuses what could not be written, before anything is changed. */
    private void check(Draft draft, Optional<Config> present) throws IOException, SetupException, ConfigException {
        Texts.Access likely = new Texts.Access(
                "mqtts://localhost:8883",
                Optional.of(present.map(Config::gatewayId).orElse(draft.id())),
                true,
                true,
                false);
        Optional<Texts.Access> access =
                draft.broker().map(broker -> broker.isHere() ? likely : Texts.Access.of(broker));
        Config unused = new ConfigReader().read(text(draft, present, access), file.toString());
        Optional<Path> authority = draft.broker().flatMap(BrokerChoice::ca).map(Path::of);
        if (authority.isPresent() && !Files.isReadable(authority.get())) {
            throw new SetupException("the authority's file " + authority.get() + " can't be read");
        }
    }

    private String text(Draft draft, Optional<Config> present, Optional<Texts.Access> access)
            throws IOException, SetupException {
        return present.isPresent()
                ? Texts.extended(Files.readString(file), draft, access)
                : Texts.fresh(draft, access.orElseThrow(), manner.simulate(), manner.isElsewhere());
    }

    private Outcome write(Draft draft, Optional<Config> present)
            throws IOException, SetupException, ConfigException, InterruptedException {
        String id = present.map(Config::gatewayId).orElse(draft.id());
        Map<Path, byte[]> secrets = new LinkedHashMap<>();
        Map<Path, byte[]> open = new LinkedHashMap<>();
        Optional<Texts.Access> access = access(draft, id, secrets, open);
        for (Phone phone : draft.phones()) {
            if (phone instanceof Phone.Ntfy ntfy) {
                secrets.put(file.resolveSibling(Texts.topicFile(ntfy)), bytes(ntfy.topic() + "\n"));
            }
        }
        String text = text(draft, present, access);
        Config read = new ConfigReader().read(text, file.toString());
        if (draft.broker().isPresent()
                || !draft.doors().isEmpty()
                || !draft.phones().isEmpty()) {
            secrets.put(file, bytes(text));
        }
        boolean isBrokerNew = draft.broker().filter(BrokerChoice::isHere).isPresent();
        return replace(new Written(secrets, open, isBrokerNew), read);
    }

    private Optional<Texts.Access> access(Draft draft, String id, Map<Path, byte[]> secrets, Map<Path, byte[]> open)
            throws IOException {
        if (draft.broker().isEmpty()) {
            return Optional.empty();
        }
        BrokerChoice broker = draft.broker().get();
        BrokerHere here = parts.broker();
        Optional<Path> authority =
                broker.isHere() ? here.authority() : broker.ca().map(Path::of);
        String password = broker.isHere() ? here.password(id) : broker.password();
        if (!password.isEmpty()) {
            secrets.put(file.resolveSibling(Plan.PASSWORD_FILE), bytes(password + "\n"));
        }
        if (authority.isPresent()) {
            open.put(file.resolveSibling(Plan.CA_FILE), OrdinaryFile.readNamed(authority.get(), MOST_BYTES));
        }
        return Optional.of(
                broker.isHere()
                        ? new Texts.Access(here.url(), Optional.of(id), true, authority.isPresent(), false)
                        : Texts.Access.of(broker));
    }

    /** Writes the files and starts the gateway; puts everything back if that fails. */
    private Outcome replace(Written written, Config config) throws IOException, InterruptedException {
        Map<Path, Optional<byte[]>> before = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, byte[]> each : written.secrets().entrySet()) {
                put(each.getKey(), each.getValue(), true, before);
            }
            for (Map.Entry<Path, byte[]> each : written.open().entrySet()) {
                put(each.getKey(), each.getValue(), false, before);
            }
        } catch (IOException e) {
            return new Wrong(
                    Part.OTHER,
                    file + " or what belongs to it can't be written (" + FileReason.of(e) + ")"
                            + putBack(before, written),
                    "with 'No space left' make room (df -h); otherwise run it as root: sudo reedgate setup");
        }
        if (!manner.starts()) {
            return new Outcome.Well(List.of(new Said.Text("Wrote " + file + ". Nothing was started.")));
        }
        Outcome outcome = started(config, written.secrets().keySet());
        if (outcome instanceof Wrong wrong) {
            String left = putBack(before, written);
            parts.service().undo();
            return new Wrong(wrong.part(), wrong.seen() + left, wrong.fix());
        }
        parts.service().finish();
        return outcome;
    }

    private Outcome started(Config config, Set<Path> written) throws InterruptedException {
        Optional<String> why = parts.service().start();
        if (why.isPresent()) {
            return new Wrong(Part.OTHER, why.get(), "sudo reedgate doctor finds out more");
        }
        Outcome alarm = parts.alarm()
                .send(
                        config.stateDir(),
                        config.sensors().size(),
                        !config.targets().isEmpty());
        if (!(alarm instanceof Outcome.Well well)) {
            return alarm;
        }
        List<Said> said = new ArrayList<>();
        said.add(new Said.Text("Wrote " + file + "."));
        said.addAll(well.said());
        written.stream()
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

    private void put(Path target, byte[] content, boolean isSecret, Map<Path, Optional<byte[]>> before)
            throws IOException {
        before.put(
                target, Files.exists(target) ? Optional.of(OrdinaryFile.read(target, MOST_BYTES)) : Optional.empty());
        parts.put().put(target, content, isSecret);
    }

    /**
     * Puts back what was there; one file that can't be put back keeps no other from it.
     *
     * @return how the machine is now, as the end of a sentence
     */
    private String putBack(Map<Path, Optional<byte[]>> before, Written written) {
        StringBuilder lost = new StringBuilder();
        before.forEach((path, content) -> {
            try {
                if (content.isPresent()) {
                    parts.put().put(path, content.get(), !written.open().containsKey(path));
                } else if (Files.exists(path)) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                lost.append("; ")
                        .append(path)
                        .append(" could not be put back: ")
                        .append(FileReason.of(e));
            }
        });
        return lost.isEmpty() ? written.left() : lost.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
