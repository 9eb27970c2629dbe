package io.github.reedgate.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.Signature;
import io.github.reedgate.command.SigningKey;
import io.github.reedgate.command.User;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsersTest {

    private static final User ANNA = new User("anna", EnumSet.allOf(Right.class), null, null);
    private static final User BEN = new User("ben", Set.of(Right.ARM), null, null);

    private static Code code(String characters) {
        return Code.of(characters).orElseThrow();
    }

    private static Users both() throws UsersException {
        return Users.none(Hashing.FEWEST)
                .with(ANNA, code("2580"))
                .with(BEN, code("0852"))
                .withDuress("anna", code("2581"));
    }

    @Test
    void codeTellsWhoItIs() throws UsersException {
        Users users = both();
        assertThat(users.match(code("2580"))).isEqualTo(new Match.Known(ANNA, false));
        assertThat(users.match(code("2581"))).isEqualTo(new Match.Known(ANNA, true));
        assertThat(users.match(code("0852"))).isEqualTo(new Match.Known(BEN, false));
        assertThat(users.match(code("08520"))).isEqualTo(new Match.Nobody());
        assertThat(Users.none(Hashing.FEWEST).match(code("2580"))).isEqualTo(new Match.NoUsers());
    }

    @Test
    void signatureIsTheUsersWhoseKeyMadeIt() throws UsersException {
        SigningKey annas = SigningKey.of("a1".repeat(SigningKey.BYTES)).orElseThrow();
        SigningKey zeros = SigningKey.of("00".repeat(SigningKey.BYTES)).orElseThrow();
        Users users = UsersYaml.read(UsersYaml.write(both().withKey("anna", annas)));
        assertThat(users.match(new Signature("anna", "x", annas.sign("x")))).isEqualTo(new Match.Known(ANNA, false));
        assertThat(users.match(new Signature("anna", "y", annas.sign("x")))).isEqualTo(new Match.Nobody());
        assertThat(users.match(new Signature("ben", "x", annas.sign("x")))).isEqualTo(new Match.Nobody());
        for (String nobody : new String[] {"ben", "eve"}) { // without a key, and not there
            assertThat(users.match(new Signature(nobody, "x", zeros.sign("x")))).isEqualTo(new Match.Nobody());
        }
        assertThat(Users.none(Hashing.FEWEST).match(new Signature("anna", "x", annas.sign("x"))))
                .isEqualTo(new Match.NoUsers());
        assertThat(users.entries().toString()).doesNotContain(annas.reveal());
        assertThat(users.withCode("anna", code("7777"))
                        .withDuress("anna", code("7778"))
                        .withoutDuress("anna")
                        .match(new Signature("anna", "x", annas.sign("x"))))
                .isEqualTo(new Match.Known(ANNA, false));
    }

    @Test
    void codesAreChangedAndTakenAway() throws UsersException {
        Users users = both().withCode("ben", code("9999")).withoutDuress("anna");
        assertThat(users.match(code("0852"))).isEqualTo(new Match.Nobody());
        assertThat(users.match(code("9999"))).isEqualTo(new Match.Known(BEN, false));
        assertThat(users.match(code("2581"))).isEqualTo(new Match.Nobody());
        assertThat(users.without("anna").match(code("2580"))).isEqualTo(new Match.Nobody());
    }

    @Test
    void noTwoUsersHaveTheSameCode() throws UsersException {
        Users users = both();
        User eve = new User("eve", Set.of(), null, null);
        for (String taken : new String[] {"2580", "0852", "2581"}) {
            assertThatExceptionOfType(UsersException.class)
                    .isThrownBy(() -> users.with(eve, code(taken)))
                    .withMessageContaining("taken")
                    .withMessageNotContaining(taken);
            assertThatExceptionOfType(UsersException.class).isThrownBy(() -> users.withDuress("ben", code(taken)));
        }
    }

    @Test
    void whoIsNotThereCannotBeChangedAndWhoIsNotAdded() throws UsersException {
        Users users = both();
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(() -> users.withCode("eve", code("1111")))
                .withMessageContaining("no user 'eve'");
        assertThatExceptionOfType(UsersException.class).isThrownBy(() -> users.without("eve"));
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(() -> users.with(ANNA, code("1111")))
                .withMessageContaining("'anna' already");
    }

    @Test
    void numberOfUsersIsBounded() throws UsersException {
        Users users = Users.none(Hashing.FEWEST);
        for (int i = 0; i < Users.MOST; i++) {
            users = users.with(new User("u" + i, Set.of(), null, null), code("code" + i));
        }
        Users full = users;
        assertThatExceptionOfType(UsersException.class)
                .isThrownBy(() -> full.with(ANNA, code("2580")))
                .withMessageContaining("32");
    }

    /** Computed by Python's hashlib, which is another implementation of PBKDF2. */
    @Test
    void hashIsPbkdf2WithHmacSha512() {
        Hashing hashing = new Hashing(1_000, "MDEyMzQ1Njc4OWFiY2RlZg==");
        assertThat(HexFormat.of().formatHex(hashing.hash(code("2580"))))
                .isEqualTo("064538f44cee5ca1a24961bafcfa9a2318dd470d0ea72b33800ac5329bd5eb66");
    }

    @Test
    void newFilesGetTheRoundsThatAreRecommendedAndASaltOfTheirOwn() {
        assertThat(Users.none().hashing().iterations()).isEqualTo(210_000);
        assertThat(Users.none().hashing().salt())
                .isNotEqualTo(Users.none().hashing().salt());
    }

    @Test
    void hashesAreNotShown() throws UsersException {
        for (Entry entry : both().entries()) {
            assertThat(entry.toString()).doesNotContain(entry.code());
        }
    }
}
