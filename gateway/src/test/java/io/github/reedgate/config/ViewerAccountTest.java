package io.github.reedgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.ViewerAccount.Login;
import io.github.reedgate.config.ViewerAccount.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ViewerAccountTest {

    @TempDir
    private Path folder = Path.of("");

    private ViewerAccount usual() {
        return ViewerAccount.of(Optional.empty(), Optional.empty(), folder);
    }

    @Test
    void withoutAFileAndWithoutKeysThereIsNone() {
        assertThat(usual().login(Tool.WATCH, Optional.empty())).isEmpty();
        assertThat(usual().login(Tool.WATCH, Optional.of(folder.resolve("credentials/mqtt.password"))))
                .isEmpty();
    }

    @Test
    void eachCommandHasAUserOfItsOwnAtABrokerOfReedgateBroker() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(folder.resolve("credentials")).resolve("viewer.password"), "x\n");
        assertThat(usual().login(Tool.WATCH, Optional.empty())).contains(new Login("viewer", file));
        assertThat(usual().login(Tool.PUBLISH, Optional.empty())).contains(new Login("viewer-publish", file));
        assertThat(usual().login(Tool.DOCTOR, Optional.empty())).contains(new Login("viewer-doctor", file));
    }

    @Test
    void accountOfTheConfigurationIsTheSameForEachCommandAndGoesFirst() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("credentials")).resolve("viewer.password"), "x\n");
        Path file = folder.resolve("mine");
        ViewerAccount mine = ViewerAccount.of(Optional.of("me"), Optional.of(file), folder);
        for (Tool tool : Tool.values()) {
            assertThat(mine.login(tool, Optional.empty())).contains(new Login("me", file));
        }
    }
}
