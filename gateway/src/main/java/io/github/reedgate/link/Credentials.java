package io.github.reedgate.link;

import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuthBuilder;
import java.util.Optional;

/** The user name and password for one attempt to connect. Immutable; {@link #toString} keeps the password to itself. */
public final class Credentials {

    /** Neither user name nor password: the broker is asked to let an anonymous client in. */
    static final Credentials ANONYMOUS = new Credentials(Optional.empty(), Optional.empty());

    private final Optional<String> user;
    private final Optional<byte[]> password;

    /**
     * Holds what {@link CredentialSource} found.
     *
     * @param password the password's bytes, copied; only together with a user name
     */
    Credentials(Optional<String> user, Optional<byte[]> password) {
        this.user = user;
        this.password = password.map(byte[]::clone);
    }

    /** The user name, if there is one. */
    public Optional<String> user() {
        return user;
    }

    /** True if there is a password. */
    public boolean hasPassword() {
        return password.isPresent();
    }

    /**
     * Both as the MQTT client wants them; empty for an anonymous client.
     *
     * @throws LinkException if MQTT can't carry the user name (NUL, half of a surrogate pair, more than 65535 bytes)
     */
    Optional<Mqtt5SimpleAuth> auth() throws LinkException {
        if (user.isEmpty()) {
            return Optional.empty();
        }
        try {
            Mqtt5SimpleAuthBuilder.Complete builder = Mqtt5SimpleAuth.builder().username(user.get());
            return Optional.of((password.isPresent() ? builder.password(password.get()) : builder).build());
        } catch (IllegalArgumentException e) {
            throw new LinkException(
                    LinkTrouble.LOCAL_FILES, "the broker's user name cannot be sent by MQTT: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "user " + user.orElse("none") + (hasPassword() ? ", with a password" : ", without a password");
    }
}
