package io.github.reedgate.monitor.kafka;

import io.github.reedgate.monitor.config.MonitorConfig.Kafka;
import io.github.reedgate.monitor.record.HistoryException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka or its client said, with a fix. Stateless. */
final class KafkaTrouble {

    private KafkaTrouble() {}

    /**
     * A failure.
     *
     * @param what what was tried, such as {@code sending events}
     */
    static HistoryException of(Kafka kafka, String what, Throwable cause) {
        Throwable said = cause;
        while (said.getCause() != null && !isTold(said)) {
            said = said.getCause();
        }
        String text = String.valueOf(said.getMessage()).replaceAll("\\s+", " ");
        return new HistoryException(
                what + " at Kafka " + kafka.bootstrap() + " failed (" + text + "); " + fix(kafka, said), cause);
    }

    private static boolean isTold(Throwable said) {
        return said instanceof org.apache.kafka.common.errors.ApiException;
    }

    private static String fix(Kafka kafka, Throwable said) {
        if (said instanceof SaslAuthenticationException) {
            return "see kafka.user and kafka.password_file";
        }
        if (said instanceof SslAuthenticationException) {
            return "see kafka.ca_file and the name in the server's certificate";
        }
        if (said instanceof AuthorizationException) {
            return "give " + kafka.user().map(name -> "user " + name).orElse("a client without user")
                    + " the rights that docs/monitor.md names";
        }
        if (said instanceof NotEnoughReplicasException || said instanceof NotEnoughReplicasAfterAppendException) {
            return "start more of Kafka's servers, as min.insync.replicas of the topic wants";
        }
        if (said instanceof UnknownTopicOrPartitionException || said instanceof InvalidTopicException) {
            return "create the topics " + kafka.topic() + " and " + kafka.rejectedTopic();
        }
        if (said instanceof RecordTooLargeException) {
            return "set max.message.bytes of the topics to 131072 or more";
        }
        if (said instanceof InvalidTimestampException) {
            return "set the clock of this machine and of Kafka's servers";
        }
        if (said instanceof FencedInstanceIdException) {
            return "another monitor of group " + kafka.group() + " has the same monitor.id; give each its own";
        }
        if (said instanceof TimeoutException) {
            return "see that Kafka runs, that it is reached from here, and that the topics " + kafka.topic() + " and "
                    + kafka.rejectedTopic() + " exist";
        }
        return "see Kafka's log";
    }
}
