package io.github.reedgate.wizard.host;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.config.Loopback;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.setup.Plan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Phone;
import io.github.reedgate.wizard.Said;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Works out what is written: the configuration, and beside it the files that it names. Changes nothing. Used by one thread; blocks
 * on the disk.
 *
 * @param file where the configuration is or is going to be
 * @param broker the broker on this machine
 * @param manner how it is done
 */
record Contents(Path file, BrokerHere broker, Installation.Manner manner) {

    private static final int MOST_BYTES = 1 << 20;

    /**
     * What is written.
     *
     * @param config what the new configuration means
     * @param secrets files that not everybody may read, the configuration last; empty if nothing is new
     * @param open files that everybody may read
     * @param said what is to be told of it
     */
    record Written(Config config, Map<Path, byte[]> secrets, Map<Path, byte[]> open, List<Said> said) {}

    /** Refuses what could not be written, before anything is changed. */
    void check(Draft draft, Optional<Config> present) throws IOException, SetupException, ConfigException {
        Texts.Access likely = new Texts.Access(
                "mqtts://localhost:8883",
                Optional.of(present.map(Config::gatewayId).orElse(draft.id())),
                Optional.of(Plan.PASSWORD_FILE.toString()),
                Optional.of(Plan.CA_FILE.toString()),
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
                ? Texts.extended(Files.readString(file), draft, access, isAnother(present.get(), access))
                : Texts.fresh(draft, access.orElseThrow(), manner.simulate(), manner.isElsewhere());
    }

    /** A broker on another host is another one. */
    private static boolean isAnother(Config present, Optional<Texts.Access> access) {
        String former = present.brokerHost();
        return access.filter(now -> !former.equalsIgnoreCase(Loopback.hostOf(URI.create(now.url()))))
                .isPresent();
    }

    /**
     * What is written for a draft. The accounts at the broker are there by now.
     *
     * @throws IOException if the broker's password or authority can't be read
     * @throws SetupException if the present configuration can't be edited
     * @throws ConfigException if the new configuration can't be used
     */
    Written of(Draft draft, Optional<Config> present) throws IOException, SetupException, ConfigException {
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
        boolean isNew = draft.broker().isPresent()
                || !draft.doors().isEmpty()
                || !draft.phones().isEmpty();
        List<Said> said = new ArrayList<>();
        if (isNew) {
            secrets.put(file, bytes(text));
            said.add(new Said.Text("Wrote " + file + "."));
            if (present.isPresent()) {
                said.addAll(Former.removedKeys(Files.readString(file), text));
            }
        }
        return new Written(read, isNew ? secrets : Map.of(), open, said);
    }

    private Optional<Texts.Access> access(Draft draft, String id, Map<Path, byte[]> secrets, Map<Path, byte[]> open)
            throws IOException {
        if (draft.broker().isEmpty()) {
            return Optional.empty();
        }
        BrokerChoice choice = draft.broker().get();
        Optional<Path> authority =
                choice.isHere() ? broker.authority() : choice.ca().map(Path::of);
        String password = choice.isHere() ? broker.password(id) : choice.password();
        Optional<String> passwordFile = Optional.empty();
        Optional<String> caFile = Optional.empty();
        if (!password.isEmpty()) {
            passwordFile = Optional.of(named(Plan.PASSWORD_FILE, bytes(password + "\n"), secrets));
        }
        if (authority.isPresent()) {
            caFile = Optional.of(named(Plan.CA_FILE, OrdinaryFile.readNamed(authority.get(), MOST_BYTES), open));
        }
        Texts.Access access = choice.isHere()
                ? new Texts.Access(broker.url(), Optional.of(id), Optional.empty(), Optional.empty(), false)
                : Texts.Access.of(choice);
        return Optional.of(access.with(passwordFile, caFile));
    }

    /** Takes a file that is to be written, under a name that is free. */
    private String named(Path usual, byte[] content, Map<Path, byte[]> written) throws IOException {
        Path free = Change.free(file.resolveSibling(usual), content);
        written.put(free, content);
        return usual.resolveSibling(free.getFileName()).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
