package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User name and password: where they come from, and what is said when they can't be used. */
class CredentialSourceTest {

    private static final TestSettings NOBODY = TestSettings.url("mqtt://localhost");
    private static final TestSettings HOME = NOBODY.withUser("home");

    @TempDir
    Path folder;

    @Test
    void withoutAnySourceTheClientIsAnonymous() throws LinkException {
        Credentials credentials = read(NOBODY, Map.of());

        assertThat(credentials.user()).isEmpty();
        assertThat(credentials.auth()).isEmpty();
    }

    @Test
    void userWithoutPasswordIsAllowed() throws LinkException {
        Mqtt5SimpleAuth auth = read(HOME, Map.of()).auth().orElseThrow();

        assertThat(auth.getUsername().orElseThrow()).hasToString("home");
        assertThat(auth.getPassword()).isEmpty();
    }

    @Test
    void passwordIsTheFilesFirstLineWithoutItsEnd() throws LinkException {
        for (String content : new String[] {"pass wörd ", "pass wörd \n", "pass wörd \r\n", "pass wörd \nmore\n"}) {
            assertThat(password(HOME.withPassword(file(content)), Map.of())).isEqualTo("pass wörd ");
        }
    }

    @Test
    void passwordMayBeAnyBytes() throws LinkException, IOException {
        Path file = folder.resolve("binary");
        Files.write(file, new byte[] {(byte) 0xFF, 0, 7, '\n'});

        ByteBuffer password = read(HOME.withPassword(file), Map.of())
                .auth()
                .flatMap(Mqtt5SimpleAuth::getPassword)
                .orElseThrow();

        assertThat(password).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xFF, 0, 7}));
    }

    @Test
    void passwordFileIsReadAnewEachTime() throws LinkException, IOException {
        Path file = file("first");
        CredentialSource source = new CredentialSource(HOME.withPassword(file).build(), Map.of());
        assertThat(text(source.read())).isEqualTo("first");

        Files.writeString(file, "second\n");

        assertThat(text(source.read())).isEqualTo("second");
    }

    @Test
    void environmentGivesUserAndPassword() throws LinkException {
        Credentials credentials = read(NOBODY, Map.of("REEDGATE_BROKER_USER", "env", "REEDGATE_BROKER_PASSWORD", "e"));

        assertThat(credentials.user()).contains("env");
        assertThat(text(credentials)).isEqualTo("e");
    }

    @Test
    void settingsComeBeforeTheEnvironment() throws LinkException {
        Credentials credentials = read(
                HOME.withPassword(file("from file")),
                Map.of("REEDGATE_BROKER_USER", "env", "REEDGATE_BROKER_PASSWORD", "e"));

        assertThat(credentials.user()).contains("home");
        assertThat(text(credentials)).isEqualTo("from file");
    }

    @Test
    void emptyVariablesCountAsNotSet() throws LinkException {
        Credentials credentials = read(
                NOBODY,
                Map.of("REEDGATE_BROKER_USER", "", "REEDGATE_BROKER_PASSWORD", "", "CREDENTIALS_DIRECTORY", ""));

        assertThat(credentials.user()).isEmpty();
        assertThat(credentials.hasPassword()).isFalse();
    }

    @Test
    void systemdCredentialComesLast() throws LinkException, IOException {
        Files.writeString(folder.resolve("mqtt.password"), "from systemd\n");
        Map<String, String> systemd = Map.of("CREDENTIALS_DIRECTORY", folder.toString());

        assertThat(password(HOME, systemd)).isEqualTo("from systemd");
        assertThat(password(
                        HOME,
                        Map.of("CREDENTIALS_DIRECTORY", folder.toString(), "REEDGATE_BROKER_PASSWORD", "from env")))
                .isEqualTo("from env");
        assertThat(password(HOME.withPassword(file("from file")), systemd)).isEqualTo("from file");
    }

    @Test
    void systemdNamesCredentialsOfAFolderAfterBoth() throws LinkException, IOException {
        Files.writeString(folder.resolve("reedgate_mqtt.password"), "from the folder\n");
        Map<String, String> systemd = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
        assertThat(password(HOME, systemd)).isEqualTo("from the folder");

        Files.writeString(folder.resolve("mqtt.password"), "named\n");

        assertThat(password(HOME, systemd)).isEqualTo("named");
    }

    @Test
    void credentialsFolderWithoutOurCredentialIsNoError() throws LinkException {
        assertThat(read(HOME, Map.of("CREDENTIALS_DIRECTORY", folder.toString()))
                        .hasPassword())
                .isFalse();
    }

    @Test
    void missingFileIsToldWithItsPath() {
        Path missing = folder.resolve("nowhere");

        assertRefused(
                HOME.withPassword(missing),
                "password file " + missing + " does not exist; create it or correct the path");
    }

    @Test
    void folderInPlaceOfTheFileIsRefused() {
        assertRefused(
                HOME.withPassword(folder),
                "password file " + folder + " is not an ordinary file; give the path of a file");
    }

    @Test
    void emptyPasswordIsRefused() {
        for (String content : new String[] {"", "\n", "\r\n", "\nsecret\n"}) {
            Path file = file(content);
            assertRefused(
                    HOME.withPassword(file),
                    "password file " + file + " is empty or starts with an empty line; "
                            + "write the password into its first line");
        }
    }

    @Test
    void longestPasswordIsTakenAndOneByteMoreIsNot() throws LinkException {
        assertThat(password(HOME.withPassword(file("x".repeat(65_535) + "\n")), Map.of()))
                .hasSize(65_535);
        Path line = file("x".repeat(65_536));
        assertRefused(
                HOME.withPassword(line),
                "password file " + line + " has a first line longer than the 65535 bytes MQTT can carry");
        Path whole = file("x\n" + "y".repeat(65_536));
        assertRefused(
                HOME.withPassword(whole),
                "password file " + whole + " is longer than 65536 bytes; is it the right file?");
    }

    @Test
    void passwordInUtf16IsRefused() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (String content : List.of("\uFEFFgeheim\r\n", "\uFEFFgehäim", "geheim\r\n", "gehäim", "\uFEFF")) {
                Path file = folder.resolve("password");
                Files.write(file, content.getBytes(charset));
                assertThatThrownBy(() -> read(HOME.withPassword(file), Map.of()))
                        .as(content)
                        .isInstanceOf(LinkException.class)
                        .hasMessage(
                                "password file " + file + " is UTF-16, which Windows calls Unicode; save it as UTF-8"
                                        + " without a byte order mark");
            }
        }
    }

    @Test
    void byteOrderMarkIsRefused() {
        Path file = file("\uFEFFsecret\n");

        assertRefused(
                HOME.withPassword(file),
                "password file " + file + " starts with a byte order mark, which would become part of the password; "
                        + "save it as UTF-8 without one");
    }

    @Test
    void passwordWithoutUserIsRefused() {
        assertRefused(
                NOBODY.withPassword(file("secret")),
                "there is a broker password but no user name; set broker.user in the configuration, --user or "
                        + "REEDGATE_BROKER_USER");
    }

    @Test
    void userNameThatMqttCannotCarryIsRefused() throws LinkException {
        Credentials credentials = read(NOBODY.withUser("a\0b"), Map.of());

        assertThatThrownBy(credentials::auth)
                .isInstanceOf(LinkException.class)
                .hasMessageStartingWith("the broker's user name cannot be sent by MQTT");
    }

    @Test
    void noTextOfTheseTypesShowsThePassword() throws LinkException {
        CredentialSource source = new CredentialSource(HOME.build(), Map.of("REEDGATE_BROKER_PASSWORD", "very-secret"));
        Credentials credentials = source.read();

        assertThat(credentials).hasToString("user home, with a password");
        assertThat(credentials + " " + credentials.auth()).doesNotContain("very-secret");
    }

    private void assertRefused(TestSettings settings, String message) {
        assertThatThrownBy(() -> read(settings, Map.of()))
                .isInstanceOfSatisfying(
                        LinkException.class, e -> assertThat(e.trouble()).isEqualTo(LinkTrouble.LOCAL_FILES))
                .hasMessage(message);
    }

    private static Credentials read(TestSettings settings, Map<String, String> environment) throws LinkException {
        return new CredentialSource(settings.build(), environment).read();
    }

    private static String password(TestSettings settings, Map<String, String> environment) throws LinkException {
        return text(read(settings, environment));
    }

    private static String text(Credentials credentials) throws LinkException {
        ByteBuffer password =
                credentials.auth().flatMap(Mqtt5SimpleAuth::getPassword).orElseThrow();
        return StandardCharsets.UTF_8.decode(password).toString();
    }

    private Path file(String content) {
        try {
            Path file = Files.createTempFile(folder, "password", "");
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
