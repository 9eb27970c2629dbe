package io.github.reedgate.config;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Fuzz target: URLs, durations and the other values of the configuration are taken or refused with a {@link BadValueException}. */
public final class UrlFuzz {

    private static final List<ValueType<?>> TYPES = List.of(
            new BrokerUrlType(),
            new TargetUrlType(),
            DurationType.of("1s", "24h"),
            new AgeType(30, 3_650),
            new IdType(),
            new PathType(),
            new TextType(64),
            new TopicNameType(),
            new TopicPrefixType(),
            new NumberType(0, 53, ""),
            new ModesType(),
            new GroupsType());

    private UrlFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (ValueType<?> type : TYPES) {
            try {
                type.parse(text);
            } catch (BadValueException e) {
                e.sentence(type.allowed());
            }
        }
        try {
            BrokerUrl.parse(text);
        } catch (IllegalArgumentException e) {
            // refused
        }
    }
}
