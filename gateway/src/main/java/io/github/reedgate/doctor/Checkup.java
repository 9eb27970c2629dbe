package io.github.reedgate.doctor;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ViewerAccount;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.message.Topics;
import io.github.reedgate.secrets.SystemdCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** All checks of one machine and one configuration. Used once, by one thread; close it afterwards. */
public final class Checkup implements AutoCloseable {

    private static final String SIMULATED = "lines are simulated";

    private final Surroundings here;
    private final Options options;
    private final UnitCheck.Facts unit;
    private final Map<CheckName, Look> looks = new EnumMap<>(CheckName.class);
    private Optional<BrokerVisit> visit = Optional.empty();

    /**
     * What is asked of it.
     *
     * @param limit how long each check may take
     * @param simulate whether hardware is passed over
     * @param loginBeside whether to log in at the broker although a gateway runs
     */
    public record Options(Duration limit, boolean simulate, boolean loginBeside) {}

    /**
     * Prepares the checks that need no configuration.
     *
     * @param here the machine
     * @param options what is asked
     */
    public Checkup(Surroundings here, Options options) {
        this.here = here;
        this.options = options;
        this.unit = UnitCheck.Facts.ask(here.programs());
        looks.put(CheckName.JAVA, () -> JavaCheck.judge(JavaCheck.Facts.ofThisProcess(here.architecture())));
        looks.put(
                CheckName.TEMP,
                () -> TempCheck.judge(TempCheck.Facts.of(
                        Path.of(System.getProperty("java.io.tmpdir", "/tmp")), Mounts.read(here.root()))));
        looks.put(CheckName.UNIT, () -> UnitCheck.judge(unit));
        looks.put(CheckName.CLOCK, this::clock);
        hardware(options.simulate());
    }

    private Finding clock() {
        return ClockVerdict.judge(here.clock().instant(), here.clockTrust().get());
    }

    private void hardware(boolean isSimulated) {
        looks.put(
                CheckName.BOARD,
                isSimulated
                        ? () -> Finding.skipped(CheckName.BOARD, SIMULATED)
                        : () -> BoardCheck.judge(BoardCheck.Facts.read(here.root(), here.architecture())));
        looks.put(CheckName.CHIP, () -> ChipCheck.judge(ChipCheck.Facts.read(here.root(), here.programs())));
        looks.put(
                CheckName.PERMISSIONS,
                () -> PermissionCheck.judge(
                        PermissionCheck.Facts.read(here.root(), service(), Account.find(here.root(), here.user()))));
    }

    /** The user that the gateway runs as, with the groups that the unit adds; empty if there is none. */
    private Optional<Account> service() {
        Optional<Account> found = Account.find(here.root(), unit.user().orElse("reedgate"));
        for (String group : unit.groups()) {
            found = found.map(account -> account.withGroup(here.root(), group));
        }
        return found;
    }

    /** The configuration can't be used: what needs it is passed over. */
    public void withoutConfig(String seen, String fix) {
        looks.put(CheckName.CONFIG, () -> Finding.fail(CheckName.CONFIG, seen, fix));
        for (CheckName check : CheckName.values()) {
            looks.putIfAbsent(check, () -> Finding.skipped(check, "config failed"));
        }
    }

    /**
     * Adds the checks of a configuration.
     *
     * @param config what was read
     * @param read where, and what to report of it
     */
    public void with(Config config, ReadConfig read) {
        looks.put(CheckName.CONFIG, () -> Finding.ok(CheckName.CONFIG, read.seen()));
        if (config.gpio().provider() == Config.Provider.SIMULATOR) {
            hardware(true);
        }
        RunningGateway running = RunningGateway.find(here.root(), config.stateDir(), unit);
        looks.put(CheckName.CLOCK, () -> ZoneChange.look(here.root(), running).added(clock()));
        LineChecks lines = new LineChecks(
                config.sensors().stream()
                        .flatMap(sensor -> sensor.lines().stream())
                        .toList(),
                config.outputs(),
                here,
                running);
        looks.put(CheckName.LINES, lines::lines);
        looks.put(CheckName.LEVEL, lines::level);
        looks.put(CheckName.PULL, lines::pull);
        Path folder = config.stateDir();
        looks.put(
                CheckName.DISK,
                () -> StateFilesCheck.look(
                        DiskCheck.judge(
                                DiskCheck.Facts.read(folder, config.store().maxBytes(), service(), here)),
                        folder,
                        read.socket()));
        looks.put(
                CheckName.STORE,
                () -> StoreCheck.look(
                        folder, config.store().maxEvents(), here.clock().instant()));
        looks.put(
                CheckName.USERS,
                () -> config.panel() == null
                        ? Finding.skipped(CheckName.USERS, "there is no alarm section")
                        : UsersCheck.look(folder, service()));
        broker(config, running, read);
    }

    private void broker(Config config, RunningGateway running, ReadConfig read) {
        BrokerSettings settings = beside(config.broker());
        CredentialSource credentials = new CredentialSource(settings, environment(settings));
        Broker broker = new Broker(settings.withUserOf(here.environment().get(CredentialSource.USER_VARIABLE)));
        looks.put(CheckName.SECRETS, () -> NoticeSecretCheck.look(secrets(settings, credentials), config, read.file()));
        looks.put(CheckName.DNS, broker::dns);
        looks.put(CheckName.TCP, broker::tcp);
        looks.put(
                CheckName.TLS,
                () -> new TlsCheck(
                                broker,
                                here.clock().instant(),
                                here.clockTrust().get().isTrusted())
                        .look());
        Optional<BrokerSettings> viewer = viewer(config, settings);
        boolean isOccupied = running.isRunning() && !options.loginBeside();
        if (isOccupied && viewer.isEmpty()) {
            for (CheckName check : List.of(CheckName.LOGIN, CheckName.PUBLISH, CheckName.SUBSCRIBE, CheckName.RETAIN)) {
                looks.put(check, () -> besideRunning(check, broker, running));
            }
            return;
        }
        BrokerVisit visitor = isOccupied
                ? visitor(
                        new Broker(viewer.get()), new CredentialSource(viewer.get(), here.environment()), config, read)
                : visitor(broker, credentials, config, read);
        visit = Optional.of(visitor);
        looks.put(
                CheckName.LOGIN,
                isOccupied
                        ? () -> isConnected(broker) ? visitor.login() : besideRunning(CheckName.LOGIN, broker, running)
                        : visitor::login);
        looks.put(CheckName.PUBLISH, visitor::publish);
        looks.put(CheckName.SUBSCRIBE, visitor::subscribe);
        looks.put(CheckName.RETAIN, visitor::retain);
    }

    private static BrokerVisit visitor(Broker broker, CredentialSource credentials, Config config, ReadConfig read) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Topics topics = Topics.of(config.topicPrefix(), config.gatewayId());
        return new BrokerVisit(
                broker, credentials, topics, "reedgate doctor " + HexFormat.of().formatHex(random), read.packets());
    }

    /** The same broker as the viewer; empty if there is none, or if a client certificate says who the client is. */
    private static Optional<BrokerSettings> viewer(Config config, BrokerSettings settings) {
        return settings.certificateFile().isPresent()
                ? Optional.empty()
                : config.viewer()
                        .login(ViewerAccount.Tool.DOCTOR, settings.passwordFile())
                        .map(login -> settings.as(settings.clientId(), login.user(), login.passwordFile()));
    }

    private boolean isConnected(Broker broker) {
        return Connections.isEstablished(
                here.root(), broker.addresses(), broker.settings().port());
    }

    /** A broker that makes the user name the client id would throw the gateway out. */
    private Finding besideRunning(CheckName check, Broker broker, RunningGateway running) {
        String why = "not tried, as " + running.seen() + " and a second login could throw it out;"
                + " --login-beside tries it all the same";
        if (check != CheckName.LOGIN) {
            return Finding.skipped(check, why);
        }
        return isConnected(broker)
                ? Finding.skipped(check, why + "; there is a connection to " + broker.server())
                : Finding.warn(
                        check,
                        running.seen() + ", but there is no connection to " + broker.server(),
                        "see why: journalctl -u reedgate -n 50; or stop it (sudo systemctl stop reedgate) and call this"
                                + " again");
    }

    /** The same under a client id that the gateway does not use. */
    private static BrokerSettings beside(BrokerSettings settings) {
        return new BrokerSettings(
                settings.url(),
                settings.clientId() + "-doctor",
                settings.user(),
                settings.passwordFile(),
                settings.caFile(),
                settings.certificateFile(),
                settings.keyFile(),
                settings.timing());
    }

    /** With the password that the unit hands to the gateway as a credential, if this user may read it. */
    private Map<String, String> environment(BrokerSettings settings) {
        Optional<Path> folder = credentials(settings);
        if (folder.isEmpty()) {
            return here.environment();
        }
        Map<String, String> more = new HashMap<>(here.environment());
        more.put(SystemdCredential.FOLDER_VARIABLE, folder.get().toString());
        return more;
    }

    /** Where the unit takes the password from; empty if it comes from elsewhere. */
    private Optional<Path> credentials(BrokerSettings settings) {
        boolean isGiven = settings.passwordFile().isPresent()
                || here.environment().containsKey(CredentialSource.PASSWORD_VARIABLE)
                || here.environment().containsKey(SystemdCredential.FOLDER_VARIABLE);
        return isGiven ? Optional.empty() : unit.credentials();
    }

    private Finding secrets(BrokerSettings settings, CredentialSource credentials) {
        Optional<Path> folder = credentials(settings);
        return folder.isPresent() && !Files.isExecutable(folder.get())
                ? Finding.skipped(
                        CheckName.SECRETS,
                        "the unit takes the password from " + folder.get()
                                + ", which you may not read; call this as root: sudo reedgate doctor")
                : SecretCheck.judge(SecretCheck.Facts.read(settings, credentials, service()));
    }

    /**
     * Makes the checks; blocks until all are made.
     *
     * @param wanted which
     * @param begins told before each
     * @param found told what each found
     * @return all findings in order
     */
    public List<Finding> examine(Set<CheckName> wanted, Consumer<CheckName> begins, Consumer<Finding> found)
            throws InterruptedException {
        return new Doctor(looks, options.limit()).examine(wanted, begins, found);
    }

    /** Leaves the broker as it was; blocks for a few seconds at most. */
    @Override
    public void close() {
        visit.ifPresent(BrokerVisit::close);
    }
}
