package io.github.reedgate.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.reedgate.Documents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of MQTT says of signing is what the gateway checks. */
class SigningRecipeTest {

    private static final String PAGE = Documents.text(Documents.TOP.resolve("docs/mqtt.md"));
    private static final int BLOCK = 64;

    private static String block(String name) {
        Matcher block = Pattern.compile("(?s)<!-- " + name + " -->\\n```[a-z]+\\n(.*?)\\n```")
                .matcher(PAGE);
        assertThat(block.find()).as(name).isTrue();
        return block.group(1);
    }

    private static SigningKey key() {
        Matcher key = Pattern.compile("`([0-9a-f]{64})`").matcher(PAGE);
        assertThat(key.find()).isTrue();
        return SigningKey.of(key.group(1)).orElseThrow();
    }

    /** HMAC as RFC 2104 writes it, from the hash alone. */
    private static String hmac(byte[] key, String text) throws GeneralSecurityException {
        byte[] inner = padded(key, 0x36);
        byte[] outer = padded(key, 0x5c);
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        hash.update(inner);
        byte[] first = hash.digest(text.getBytes(StandardCharsets.US_ASCII));
        hash.update(outer);
        return HexFormat.of().formatHex(hash.digest(first));
    }

    private static byte[] padded(byte[] key, int with) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) with;
        }
        return block;
    }

    private static Command command(String payload) {
        return Optional.ofNullable(CommandText.read(payload).command()).orElseThrow();
    }

    private static Signature signature(Command command) {
        Signed signed = Optional.ofNullable(command.signed()).orElseThrow();
        return new Signature(signed.user(), signed.text("home", command.action(), command.bypass()), signed.mac());
    }

    @Test
    void vectorOnThePageIsRight() throws GeneralSecurityException {
        Signature signature = signature(command(block("vector: payload")));
        assertThat(signature.text()).isEqualTo(block("vector: text"));
        assertThat(signature.mac()).isEqualTo(hmac(HexFormat.of().parseHex(key().reveal()), signature.text()));
        assertThat(key().made(signature)).isTrue();
    }

    /** RFC 4231 has no key of 32 bytes; its second has 4, and zeros behind it make no difference. */
    @Test
    void keySignsAsTheStandardSays() {
        SigningKey jefe = SigningKey.of(Arrays.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII), SigningKey.BYTES));
        assertThat(jefe.sign("what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void recipeForAShellSignsWhatTheGatewayTakes(@TempDir Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("anna.key"), key().reveal() + "\n");
        Files.writeString(folder.resolve("recipe.sh"), block("recipe: sign"));
        assumeTrue(run(folder, "openssl", "version") == 0, "openssl is needed");
        assumeTrue(run(folder, "date", "-u", "-d", "+30 seconds") == 0, "GNU date is needed");

        assertThat(run(folder, "sh", "recipe.sh")).isZero();

        String line = Files.readString(folder.resolve("out"));
        assertThat(line).endsWith("}\n").hasLineCount(1);
        Command command = command(line.strip());
        assertThat(command.action()).isEqualTo(Action.DISARM);
        assertThat(key().made(signature(command))).isTrue();
    }

    /** The exit code; a program that is not there has none of its own. */
    private static int run(Path folder, String... words) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
        } catch (IOException e) {
            Files.writeString(folder.resolve("err"), String.valueOf(e.getMessage()));
            return -1;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
