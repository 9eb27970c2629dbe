package io.github.reedgate.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Spoils valid texts in thousands of ways, the same ones for the same seed; a failure names the seed and the text. */
public final class Spoilt {

    /** Values of JSON that are valid and of no shape that anybody expects. */
    public static final List<String> JSON_SHAPES = List.of(
            "null",
            "true",
            "7",
            "-0.0",
            "1e999",
            "1e-999999999",
            "123456789012345678901234567890",
            "\"text\"",
            "[]",
            "[null]",
            "[[[]]]",
            "{}",
            "{\"\":null}",
            "{\"a\":{\"b\":[1,{}]}}",
            "{\"a\":1,\"a\":2}",
            "[".repeat(3_000),
            "{\"a\":".repeat(3_000),
            "[".repeat(900) + "]".repeat(900),
            "",
            " ",
            "nul",
            "{",
            "\uFEFF{}",
            "{\"a\":\"\\ud800\"}",
            "\0");

    private static final int RUNS = 3_000;
    private static final long SEED = 20_261_128L;
    private static final List<String> PIECES = List.of(
            "null",
            "{}",
            "[]",
            "\"",
            "\\",
            "\\u0000",
            "\0",
            ":",
            ",",
            "{",
            "}",
            "[",
            "]",
            "-",
            "1e999999999",
            "9".repeat(40),
            "true",
            "\n",
            "\r",
            "\t",
            " ",
            "!%20 ",
            "!",
            "&a ",
            "*a",
            "%",
            "🚪",
            "\uD800",
            "\uFEFF",
            "\u0085",
            "=",
            "-----BEGIN ",
            "-----END ",
            "T",
            "Z",
            "+99:99",
            ".",
            "/",
            "0",
            "?",
            "@",
            "|",
            ">",
            "é");

    private Spoilt() {}

    /** Hands a few thousand spoilt forms of the texts to a reader, which may refuse them but throw nothing undeclared. */
    public static void each(List<String> valid, Consumer<String> reader) {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(SEED + run);
            String text = valid.get(random.nextInt(valid.size()));
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                text = spoil(text, random);
            }
            try {
                reader.accept(text);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + (SEED + run) + ", text: " + text, e);
            }
        }
    }

    /** The same for bytes, some of which are changed, too. */
    public static void eachBytes(List<String> valid, Consumer<byte[]> reader) {
        List<Integer> count = new ArrayList<>();
        each(valid, text -> {
            Random random = new Random(SEED ^ count.size());
            count.add(1);
            byte[] bytes = text.getBytes(random.nextInt(8) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            reader.accept(bytes);
        });
    }

    private static String spoil(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1, 2 -> text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(at);
            case 3 ->
                text.substring(0, at) + (char) random.nextInt(256) + text.substring(Math.min(text.length(), at + 1));
            case 4 -> text.substring(0, at);
            case 5 -> withAnotherValue(text, random);
            default -> text.substring(0, at) + text.substring(random.nextInt(text.length() + 1));
        };
    }

    /** What stands behind a colon becomes something else. */
    private static String withAnotherValue(String text, Random random) {
        int colon = text.indexOf(':', random.nextInt(text.length() + 1));
        if (colon < 0) {
            return text;
        }
        int end = colon + 1;
        while (end < text.length() && ",}\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, colon + 1) + JSON_SHAPES.get(random.nextInt(JSON_SHAPES.size())) + text.substring(end);
    }
}
