package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No special key does what a letter within its sequence would do. */
final class KeyReaderTest {

    @ParameterizedTest
    @CsvSource({
        "oq, oq",
        "^[[Ao, *o", // arrow up, which has an A
        "^[OBo, *o",
        "^[[1;5Do, *o",
        "^[[15~o, *o",
        "^[, *",
        "^[[, *",
        "^[[1;, *",
        "^[d, *"
    })
    void sequenceIsOneKey(String typed, String keys) throws IOException {
        byte[] bytes = typed.replace("^[", "\033").getBytes(StandardCharsets.US_ASCII);
        KeyReader reader = new KeyReader(new ByteArrayInputStream(bytes));
        List<String> read = new ArrayList<>();
        for (int key = reader.next(); key != KeyReader.END; key = reader.next()) {
            read.add(key == KeyReader.SPECIAL ? "*" : Character.toString(key));
        }

        assertThat(String.join("", read)).isEqualTo(keys);
    }
}
