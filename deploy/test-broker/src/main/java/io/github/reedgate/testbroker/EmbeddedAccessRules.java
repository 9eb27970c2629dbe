package io.github.reedgate.testbroker;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The part of HiveMQ CE that decides who is let in and what each may do. Immutable; called by the broker's threads. */
final class EmbeddedAccessRules implements ExtensionMain, SimpleAuthenticator {

    private final BrokerOptions options;

    EmbeddedAccessRules(BrokerOptions options) {
        this.options = options;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.securityRegistry().setAuthenticatorProvider(client -> this);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // nothing was opened
    }

    @Override
    public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
        ConnectPacket connect = input.getConnectPacket();
        Optional<Account> account = options.accounts().stream()
                .filter(each -> connect.getUserName().equals(Optional.of(each.user())))
                .filter(each -> matches(each, connect.getPassword()))
                .findFirst();
        if (account.isPresent()) {
            grant(account.get(), output);
        } else if (connect.getUserName().isPresent()) {
            output.failAuthentication(ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD);
        } else if (options.anonymous()) {
            output.authenticateSuccessfully();
        } else {
            output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
        }
    }

    private static boolean matches(Account account, Optional<ByteBuffer> password) {
        byte[] expected = account.password().getBytes(StandardCharsets.UTF_8);
        return password.map(EmbeddedAccessRules::bytes)
                .filter(given -> MessageDigest.isEqual(given, expected))
                .isPresent();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void grant(Account account, SimpleAuthOutput output) {
        for (String filter : account.topicFilters()) {
            output.getDefaultPermissions()
                    .add(Builders.topicPermission().topicFilter(filter).build());
        }
        output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
        output.authenticateSuccessfully();
    }
}
