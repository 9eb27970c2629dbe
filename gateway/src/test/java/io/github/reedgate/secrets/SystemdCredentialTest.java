package io.github.reedgate.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file of systemd's folder is a credential's. */
class SystemdCredentialTest {

    @TempDir
    Path folder;

    @Test
    void withoutAFolderThereIsNone() throws SecretException {
        assertThat(SystemdCredential.find(Map.of(), "mqtt.password")).isEmpty();
        assertThat(SystemdCredential.find(Map.of("CREDENTIALS_DIRECTORY", ""), "mqtt.password"))
                .isEmpty();
        assertThat(SystemdCredential.find(environment(), "mqtt.password")).isEmpty();
    }

    @Test
    void ownNameGoesBeforeTheOneOfAnImportedFolder() throws SecretException, IOException {
        Path imported = Files.writeString(folder.resolve("reedgate_mqtt.password"), "a");
        assertThat(SystemdCredential.find(environment(), "mqtt.password")).contains(imported);

        Path own = Files.writeString(folder.resolve("mqtt.password"), "b");
        assertThat(SystemdCredential.find(environment(), "mqtt.password")).contains(own);
    }

    @Test
    void folderThatIsNoPathIsRefused() {
        assertThatThrownBy(() -> SystemdCredential.find(Map.of("CREDENTIALS_DIRECTORY", "a\0b"), "mqtt.password"))
                .isInstanceOf(SecretException.class)
                .hasMessage("environment variable CREDENTIALS_DIRECTORY is not a path");
    }

    private Map<String, String> environment() {
        return Map.of("CREDENTIALS_DIRECTORY", folder.toString());
    }
}
