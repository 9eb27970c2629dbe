package io.github.reedgate.cli;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import io.github.reedgate.config.ViewerAccount;
import io.github.reedgate.doctor.AccountInUse;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate publish}: sends one message. Owned by one command line. */
@Command(
        name = "publish",
        description = "Sends one message and waits until the broker has acknowledged it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate publish reedgate/home/panel/set ARM_HOME",
            "  reedgate publish --broker mqtt://localhost:1884 --retain --qos 2 home/mode away",
            "  date | reedgate publish --content-type text/plain test/date -",
            "",
            "Exit codes: 0 the broker has it, 1 the running gateway uses this account, 2 wrong command line, 3 wrong"
                    + " configuration or unusable file, 4 broker unreachable or not trusted, 5 refused by the broker, 6"
                    + " not acknowledged in time."
        })
final class PublishCommand implements Callable<Integer> {

    /** The longest payload taken, in bytes. */
    static final int LONGEST_PAYLOAD_BYTES = 1024 * 1024;

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final BrokerOption broker;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic, without wildcards.")
    private String topic = "";

    @Parameters(index = "1", paramLabel = "PAYLOAD", description = "The payload; - reads it from standard input.")
    private String payload = "";

    @Option(
            names = {"-r", "--retain"},
            description = "Have the broker keep it as the topic's last value; an empty payload clears that.")
    private boolean retain;

    @Option(
            names = {"-q", "--qos"},
            paramLabel = "QOS",
            description = "0, 1 or 2 (default: ${DEFAULT-VALUE}). With 0 the broker answers nothing.")
    private int qos = 1;

    @Option(names = "--content-type", paramLabel = "TYPE", description = "The payload's MIME type.")
    private @Nullable String contentType;

    @Option(
            names = "--property",
            paramLabel = "NAME=VALUE",
            description = "A user property; may be given more than once.")
    private List<String> properties = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long all may take (default: 10s).")
    private Duration timeout = Duration.ofSeconds(10);

    @Option(names = "--client-id", paramLabel = "ID", description = "The client id (default: a fresh one).")
    private @Nullable String clientId;

    private final Map<String, String> environment;
    private final InputStream in;

    /** The command in this process's environment, with its standard input. */
    PublishCommand() {
        this(System.getenv(), System.in);
    }

    /** The command in an environment of a test's choice. */
    PublishCommand(Map<String, String> environment, InputStream in) {
        this(environment, in, AccountInUse.ofThisMachine());
    }

    /** The command in an environment and on a machine of a test's choice. */
    PublishCommand(Map<String, String> environment, InputStream in, AccountInUse accountInUse) {
        this.environment = Map.copyOf(environment);
        this.broker = new BrokerOption(accountInUse, ViewerAccount.Tool.PUBLISH);
        this.in = in;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        checkTopic();
        String id = clientId == null ? ClientIds.fresh("publish") : clientId;
        BrokerSettings settings;
        try {
            settings = broker.target(spec.commandLine(), environment, id).settings();
        } catch (BrokerOption.NoTarget e) {
            return e.exitCode();
        }
        Mqtt5Publish message = message();
        ClientFactory factory = new ClientFactory(settings, new CredentialSource(settings, environment));
        Publication.Result result = new Publication(settings, factory).send(message, timeout);
        if (!result.message().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("publish: " + result.message());
            err.flush();
        }
        return result.exitCode();
    }

    private void checkTopic() {
        if (topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            throw wrong("topic '" + SafeText.line(topic, 100)
                    + "' has a wildcard in it; a message goes to one exact topic");
        }
        if (qos < 0 || qos > 2) {
            throw wrong("--qos is " + qos + "; 0, 1 or 2 is allowed");
        }
        if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw wrong("--timeout is " + Durations.text(timeout) + "; 1ms to 24h is allowed");
        }
        try {
            MqttTopic.of(topic);
        } catch (IllegalArgumentException e) {
            throw wrong("topic '" + SafeText.line(topic, 100) + "' cannot be used: "
                    + SafeText.line(String.valueOf(e.getMessage()), 200));
        }
    }

    private Mqtt5Publish message() throws IOException {
        try {
            Mqtt5PublishBuilder.Complete builder = Mqtt5Publish.builder()
                    .topic(topic)
                    .payload(payload())
                    .retain(retain)
                    .userProperties(userProperties());
            MqttQos wanted = MqttQos.fromCode(qos);
            builder = wanted == null ? builder : builder.qos(wanted);
            return (contentType == null ? builder : builder.contentType(contentType)).build();
        } catch (IllegalArgumentException e) {
            throw wrong("the message cannot be sent by MQTT: " + SafeText.line(String.valueOf(e.getMessage()), 200));
        }
    }

    private byte[] payload() throws IOException {
        if (!payload.equals("-")) {
            return payload.getBytes(StandardCharsets.UTF_8);
        }
        byte[] read = in.readNBytes(LONGEST_PAYLOAD_BYTES + 1);
        if (read.length > LONGEST_PAYLOAD_BYTES) {
            throw wrong("standard input is longer than 1 MiB, the longest payload taken");
        }
        return read;
    }

    private Mqtt5UserProperties userProperties() {
        List<Mqtt5UserProperty> list = new ArrayList<>();
        for (String property : properties) {
            int equals = property.indexOf('=');
            if (equals < 1) {
                throw wrong("--property '" + SafeText.line(property, 100) + "' is not NAME=VALUE");
            }
            list.add(Mqtt5UserProperty.of(property.substring(0, equals), property.substring(equals + 1)));
        }
        return Mqtt5UserProperties.of(list);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
