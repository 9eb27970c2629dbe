package io.github.reedgate.doctor;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user of this machine. Immutable.
 *
 * @param name its name
 * @param uid its number
 * @param groups numbers of its groups
 */
record Account(String name, long uid, Set<Long> groups) {

    /** Copies the set. */
    Account {
        groups = Set.copyOf(groups);
    }

    /** Looks a user up in {@code etc/passwd} and {@code etc/group}; empty if it is not there. */
    static Optional<Account> find(Path root, String name) {
        for (String line : SmallFile.text(root.resolve("etc/passwd")).lines().toList()) {
            String[] fields = line.split(":", -1);
            if (fields.length > 3 && fields[0].equals(name)) {
                Set<Long> more = groups(root).entrySet().stream()
                        .filter(group -> group.getValue().contains(name))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
                return Optional.of(new Account(
                        name,
                        Long.parseLong(fields[2]),
                        Stream.concat(Stream.of(Long.parseLong(fields[3])), more.stream())
                                .collect(Collectors.toSet())));
            }
        }
        return Optional.empty();
    }

    private static Map<Long, List<String>> groups(Path root) {
        return SmallFile.text(root.resolve("etc/group"))
                .lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 3)
                .collect(Collectors.toMap(
                        fields -> Long.parseLong(fields[2]),
                        fields -> Arrays.asList(fields[3].split(",", -1)),
                        (first, second) -> first));
    }

    /** The name of a group; its number if it has none. */
    static String groupName(Path root, long gid) {
        return SmallFile.text(root.resolve("etc/group"))
                .lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2 && fields[2].equals(String.valueOf(gid)))
                .map(fields -> fields[0])
                .findFirst()
                .orElse(String.valueOf(gid));
    }

    /** The same in one more group, if that exists: a unit may add groups. */
    Account withGroup(Path root, String group) {
        Optional<Long> gid = SmallFile.text(root.resolve("etc/group"))
                .lines()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 2 && fields[0].equals(group))
                .map(fields -> Long.parseLong(fields[2]))
                .findFirst();
        return new Account(
                name, uid, Stream.concat(groups.stream(), gid.stream()).collect(Collectors.toSet()));
    }

    /** True if the owner, group and mode of a file let this user do what the bits say: 4 read, 2 write, 1 enter. */
    boolean may(Ownership file, int bits) {
        int shift = uid == file.uid() ? 6 : groups.contains(file.gid()) ? 3 : 0;
        return uid == 0 || (file.mode() >> shift & bits) == bits;
    }
}
