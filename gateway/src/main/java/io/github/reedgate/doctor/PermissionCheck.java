package io.github.reedgate.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges who may open the GPIO chips: one that may not be opened is enough to stop the GPIO library. Stateless. */
final class PermissionCheck {

    private static final int READ_AND_WRITE = 6;

    private PermissionCheck() {}

    /**
     * A chip's file.
     *
     * @param path its path
     * @param owned whose it is
     * @param group the group's name
     */
    record Device(String path, Ownership owned, String group) {}

    /**
     * Files and users.
     *
     * @param devices the chips
     * @param service the user the gateway runs as, if it is known
     * @param current who runs this, if known
     */
    record Facts(List<Device> devices, Optional<Account> service, Optional<Account> current) {

        /** Copies the list. */
        Facts {
            devices = List.copyOf(devices);
        }

        static Facts read(Path root, Optional<Account> service, Optional<Account> current) {
            List<Device> devices = new ArrayList<>();
            for (Path path : ChipCheck.files(root)) {
                Ownership.of(path)
                        .ifPresent(owned -> devices.add(
                                new Device("/dev/" + path.getFileName(), owned, Account.groupName(root, owned.gid()))));
            }
            return new Facts(devices, service, current);
        }
    }

    static Finding judge(Facts facts) {
        for (Device device : facts.devices()) {
            Optional<Account> user = facts.service().isPresent() ? facts.service() : facts.current();
            if (user.isPresent() && !user.get().may(device.owned(), READ_AND_WRITE)) {
                return denied(device, user.get().name());
            }
        }
        Optional<Device> closed = facts.current()
                .flatMap(user -> facts.devices().stream()
                        .filter(device -> !user.may(device.owned(), READ_AND_WRITE))
                        .findFirst());
        if (closed.isPresent()) {
            return Finding.warn(
                    CheckName.PERMISSIONS,
                    "the gateway's user may open the chips, but you may not open "
                            + closed.get().path(),
                    "call this as root, so that the lines can be tried: sudo reedgate doctor");
        }
        String who = facts.service().or(facts::current).map(Account::name).orElse("this user");
        return Finding.ok(CheckName.PERMISSIONS, "user " + who + " may open " + names(facts.devices()));
    }

    private static String names(List<Device> devices) {
        return String.join(", ", devices.stream().map(Device::path).toList());
    }

    private static Finding denied(Device device, String user) {
        String seen = "user " + user + " may not read and write " + device.path() + " (group " + device.group()
                + ", mode " + device.owned().octal() + ")";
        boolean groupMay = (device.owned().mode() >> 3 & READ_AND_WRITE) == READ_AND_WRITE;
        if (groupMay && !device.group().equals("root")) {
            return Finding.fail(
                    CheckName.PERMISSIONS,
                    seen,
                    "put it into the group: sudo usermod -aG " + device.group() + " " + user
                            + ", then sudo systemctl restart reedgate");
        }
        return Finding.fail(
                CheckName.PERMISSIONS,
                seen,
                "give the chips to a group gpio: write SUBSYSTEM==\"gpio\", KERNEL==\"gpiochip*\", GROUP=\"gpio\","
                        + " MODE=\"0660\" to /etc/udev/rules.d/60-gpio.rules, then sudo usermod -aG gpio " + user
                        + " and reboot");
    }
}
