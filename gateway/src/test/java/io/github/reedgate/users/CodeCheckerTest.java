package io.github.reedgate.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.Signature;
import io.github.reedgate.command.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCheckerTest {

    private static final User ANNA = new User("anna", EnumSet.allOf(Right.class), null, null);
    private static final Code RIGHT = Code.of("2580").orElseThrow();
    private static final Code WRONG = Code.of("0852").orElseThrow();

    @TempDir
    private Path folder = Path.of("");

    private static Match answer(CodeChecker checker, Code code)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Match> answer = new CompletableFuture<>();
        checker.check(code, answer::complete);
        return answer.get(60, TimeUnit.SECONDS);
    }

    private void add() throws UsersException {
        new UsersFile(folder).write(Users.none(Hashing.FEWEST).with(ANNA, RIGHT));
    }

    @Test
    void usersAreReadAnewForEachCode() throws Exception {
        try (CodeChecker checker = new CodeChecker(new UsersFile(folder))) {
            assertThat(answer(checker, RIGHT)).isEqualTo(new Match.NoUsers());
            add();
            assertThat(answer(checker, RIGHT)).isEqualTo(new Match.Known(ANNA, false));
            assertThat(answer(checker, WRONG)).isEqualTo(new Match.Nobody());
            Files.writeString(folder.resolve("users.yaml"), "damaged");
            assertThat(answer(checker, RIGHT)).isEqualTo(new Match.Unreadable());
            add();
            assertThat(answer(checker, RIGHT)).isEqualTo(new Match.Known(ANNA, false));
        }
    }

    @Test
    void checksOnItsOwnThread() throws Exception {
        try (CodeChecker checker = new CodeChecker(new UsersFile(folder))) {
            AtomicReference<String> name = new AtomicReference<>("");
            CountDownLatch done = new CountDownLatch(1);
            checker.check(RIGHT, match -> {
                name.set(Thread.currentThread().getName());
                done.countDown();
            });
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(name.get()).isEqualTo("code-check");
        }
    }

    @Test
    void signatureDoesNotWaitForCodes() throws Exception {
        add();
        try (CodeChecker checker = new CodeChecker(new UsersFile(folder))) {
            CountDownLatch goOn = new CountDownLatch(1);
            for (int i = 0; i <= CodeChecker.MOST_WAITING; i++) {
                checker.check(RIGHT, match -> awaitLong(goOn));
            }
            CompletableFuture<Match> answer = new CompletableFuture<>();
            checker.check(new Signature("anna", "text", "0".repeat(64)), answer::complete);
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Match.Nobody());
            goOn.countDown();
        }
    }

    @Test
    void moreThanCanWaitAreAnsweredAtOnceAndTheOthersInOrder() throws Exception {
        add();
        try (CodeChecker checker = new CodeChecker(new UsersFile(folder))) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            checker.check(RIGHT, match -> {
                begun.countDown();
                awaitLong(goOn);
            });
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            List<CompletableFuture<Match>> waiting = new ArrayList<>();
            for (int i = 0; i < CodeChecker.MOST_WAITING; i++) {
                CompletableFuture<Match> answer = new CompletableFuture<>();
                checker.check(i % 2 == 0 ? RIGHT : WRONG, answer::complete);
                waiting.add(answer);
            }
            for (int i = 0; i < 100; i++) {
                AtomicReference<Match> answer = new AtomicReference<>();
                checker.check(RIGHT, answer::set);
                assertThat(answer.get()).isEqualTo(new Match.Busy());
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            goOn.countDown();
            for (int i = 0; i < waiting.size(); i++) {
                Match expected = i % 2 == 0 ? new Match.Known(ANNA, false) : new Match.Nobody();
                assertThat(waiting.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        }
    }

    private static void awaitLong(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
