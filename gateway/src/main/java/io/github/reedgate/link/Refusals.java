package io.github.reedgate.link;

/**
 * What to do if a broker refuses a message or a subscription, by the reason code of MQTT 5 in its PUBACK, PUBREC or SUBACK. Access
 * rules are named only where the broker speaks of them, or says nothing. Stateless.
 */
public final class Refusals {

    private static final int UNSPECIFIED_ERROR = 0x80;
    private static final int IMPLEMENTATION_SPECIFIC_ERROR = 0x83;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int TOPIC_FILTER_INVALID = 0x8F;
    private static final int TOPIC_NAME_INVALID = 0x90;
    private static final int PACKET_IDENTIFIER_IN_USE = 0x91;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int PAYLOAD_FORMAT_INVALID = 0x99;
    private static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9E;
    private static final int SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED = 0xA1;
    private static final int WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED = 0xA2;

    private static final String LOG = "see the broker's log";
    private static final String IN_USE =
            "the broker has not finished with an earlier packet of the same number: " + LOG + ", and update it";

    private Refusals() {}

    /**
     * What to do about a refused message.
     *
     * @param code of its PUBACK or PUBREC
     * @param who the client as the broker knows it, such as {@code user 'home'}
     * @param setting where its topic comes from, such as {@code topic_prefix}
     */
    public static String publish(int code, String who, String setting) {
        return switch (code) {
            case NOT_AUTHORIZED -> "have the broker's access rules allow " + who + " to write to that topic";
            case UNSPECIFIED_ERROR, IMPLEMENTATION_SPECIFIC_ERROR ->
                LOG + "; if it names its access rules, allow " + who + " to write to that topic";
            case TOPIC_NAME_INVALID -> "the broker does not take such a topic: choose another " + setting;
            case QUOTA_EXCEEDED -> "a limit of the broker is reached: raise it, or free some of it";
            case PAYLOAD_FORMAT_INVALID -> "the broker expects another form of text there: " + LOG;
            case PACKET_IDENTIFIER_IN_USE -> IN_USE;
            default -> LOG;
        };
    }

    /**
     * What to do about a refused subscription.
     *
     * @param code of its SUBACK
     * @param who the client as the broker knows it, such as {@code user 'home'}
     * @param setting where its topic comes from, such as {@code topic_prefix}
     */
    public static String subscription(int code, String who, String setting) {
        return switch (code) {
            case NOT_AUTHORIZED -> "allow " + who + " to read that topic in the broker's access rules";
            case UNSPECIFIED_ERROR, IMPLEMENTATION_SPECIFIC_ERROR ->
                LOG + "; if it names its access rules, allow " + who + " to read that topic";
            case TOPIC_FILTER_INVALID -> "the broker does not take such a topic: choose another " + setting;
            case QUOTA_EXCEEDED -> "a limit of the broker is reached: raise it";
            case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED -> "it takes no shared subscriptions: name the topics themselves";
            case WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED -> "it takes no + and #: name single topics";
            case SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED ->
                "this client sends none of these: " + LOG + ", and update it";
            case PACKET_IDENTIFIER_IN_USE -> IN_USE;
            default -> LOG;
        };
    }
}
