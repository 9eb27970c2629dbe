package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code purge} against a broker on which other gateways have something, too. */
@Timeout(180)
class PurgeCommandIT {

    private static final Map<String, String> WITNESS =
            Map.of("REEDGATE_BROKER_USER", "witness", "REEDGATE_BROKER_PASSWORD", "secret");

    /** What others have, in the end alone. */
    private static final List<String> OTHERS = List.of(
            "reedgate/shed/availability",
            "reedgate/home/annex/door/state",
            "homeassistant/device/reedgate_shed/config",
            "homeassistant/light/reedgate_shed/lamp/config");

    /** What is the gateway's by its look, although the gateway does not remember it. */
    private static final List<String> UNREMEMBERED =
            List.of("reedgate/home/cellar/state", "homeassistant/binary_sensor/reedgate_home/cellar_contact/config");

    @TempDir
    private Path folder = Path.of("");

    private static TestBroker broker(String... allowed) {
        return TestBroker.started(BrokerOptions.plain()
                .with(new Account("home", "secret", List.of(allowed)))
                .with(Account.unlimited("witness", "secret")));
    }

    private static void leave(TestBroker broker, String topic, String payload) {
        CommandRun run = CommandRun.start(
                new PublishCommand(WITNESS, InputStream.nullInputStream()),
                "--broker",
                "mqtt://localhost:" + broker.port(),
                "--retain",
                topic,
                payload);
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    /** What the broker keeps: the topics that come before what was kept last, which this keeps. */
    private static List<String> kept(TestBroker broker, int count) {
        CommandRun watch = CommandRun.start(
                new WatchCommand(WITNESS),
                "--broker",
                "mqtt://localhost:" + broker.port(),
                "--json",
                "--topic",
                "#",
                "--count",
                String.valueOf(count + 1));
        watch.awaitErr("connected to");
        leave(broker, "the/last", "x");
        assertThat(watch.exitCode()).as(watch.lines().toString()).isZero();
        return watch.lines().stream()
                .map(line -> line.replaceAll(".*\"topic\":\"([^\"]*)\".*", "$1"))
                .filter(topic -> !topic.equals("the/last"))
                .toList();
    }

    @Test
    void everythingOfTheGatewayIsEmptiedAndNothingOfOthers() throws Exception {
        try (TestBroker broker = broker("#")) {
            PurgeRig rig = new PurgeRig(folder, broker.port());
            Stream.of(PurgeRig.OWN, PurgeRig.OLD, OTHERS, UNREMEMBERED)
                    .flatMap(List::stream)
                    .filter(topic -> !topic.equals("reedgate/home/window/state"))
                    .forEach(topic -> leave(broker, topic, topic.endsWith("availability") ? "offline" : "left"));
            String[] own =
                    Stream.of(PurgeRig.OWN, UNREMEMBERED).flatMap(List::stream).toArray(String[]::new);

            CommandRun dry = rig.purge("--dry-run");
            assertThat(dry.exitCode()).as(dry.errors()).isZero();
            assertThat(dry.lines()).containsExactlyInAnyOrder(own).endsWith("reedgate/home/window/state");
            assertThat(dry.errors())
                    .contains("1 of 9 topics are only remembered", "2 topics of a former gateway.id")
                    .contains("left alone, for this gateway never published it: reedgate/home/annex/door/state");

            CommandRun unasked = rig.purge("--former");
            assertThat(unasked.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(unasked.errors()).contains("add --yes to empty these 3 topics");

            rig.answering("yes");
            CommandRun run = rig.purge();
            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(run.lines())
                    .contains("emptied reedgate/home/cellar/state")
                    .endsWith("9 topics are empty: the broker acknowledged each, and shows none of them any more");
            assertThat(kept(broker, OTHERS.size() + PurgeRig.OLD.size()))
                    .containsExactlyInAnyOrderElementsOf(Stream.of(OTHERS, PurgeRig.OLD)
                            .flatMap(List::stream)
                            .toList());
            assertThat(rig.remembered())
                    .contains("t reedgate/old/availability")
                    .doesNotContain("t reedgate/home/window/state", "t reedgate/home/door/state");

            CommandRun again = rig.purge();
            assertThat(again.exitCode()).as(again.errors()).isZero();
            assertThat(again.errors()).contains("nothing is left\n").doesNotContain("only remembered");

            leave(broker, "reedgate/home/door/state", "open");
            CommandRun back = rig.purge("--dry-run");
            assertThat(back.exitCode()).as(back.errors()).isZero();
            assertThat(back.lines()).as(back.errors()).containsExactly("reedgate/home/door/state");
        }
    }

    @Test
    void formerIdIsPurgedUnlessSomebodyIsOnlineThere() throws Exception {
        try (TestBroker broker = broker("#")) {
            PurgeRig rig = new PurgeRig(folder, broker.port());
            PurgeRig.OLD.forEach(topic -> leave(broker, topic, "online"));
            leave(broker, "reedgate/home/door/state", "open");
            Files.delete(folder.resolve("reedgate.db"));

            CommandRun refused = rig.purge("--gateway", "old", "--yes");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.errors())
                    .contains("nothing is remembered", "reedgate/old/availability says online", "--force");

            CommandRun run = rig.purge("--gateway", "old", "--yes", "--force");
            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(run.lines())
                    .containsExactly(
                            "emptied homeassistant/device/reedgate_old/config",
                            "emptied reedgate/old/availability",
                            "2 topics are empty: the broker acknowledged each, and shows none of them any more");
            assertThat(kept(broker, 1)).containsExactly("reedgate/home/door/state");
        }
    }

    @Test
    void whoMayNotReadEmptiesWhatIsRememberedAndWhatIsRefusedHindersNoOther() throws Exception {
        try (TestBroker broker = broker("reedgate/home/window/state", "the/rest")) {
            PurgeRig rig = new PurgeRig(folder, broker.port());
            Stream.concat(PurgeRig.OLD.stream(), Stream.of("reedgate/home/window/state"))
                    .forEach(topic -> leave(broker, topic, "left"));

            CommandRun run = rig.purge("--former", "--yes", "--wait", "500ms");

            assertThat(run.exitCode()).as(run.errors()).isEqualTo(ExitCode.REFUSED);
            assertThat(run.lines()).contains("emptied reedgate/home/window/state");
            assertThat(run.errors())
                    .contains("are only remembered", "do not let user 'home' read it")
                    .contains("not emptied: reedgate/old/availability", "access rules allow user 'home'");
            assertThat(kept(broker, PurgeRig.OLD.size())).containsExactlyInAnyOrderElementsOf(PurgeRig.OLD);
            assertThat(rig.remembered())
                    .contains("t reedgate/old/availability")
                    .doesNotContain("t reedgate/home/window/state");
        }
    }
}
