package io.github.reedgate.cli;

import io.github.reedgate.link.LinkTrouble;

/** What trouble with the broker means to a command. */
final class Troubles {

    private Troubles() {}

    /** The exit code of a command that gives up over it. */
    static int exitCode(LinkTrouble trouble) {
        return switch (trouble) {
            case BAD_CREDENTIALS, NOT_AUTHORIZED, REFUSED -> ExitCode.REFUSED;
            case LOCAL_FILES -> ExitCode.CONFIG;
            case NETWORK, NO_ANSWER, UNREADABLE, TLS, TAKEN_OVER -> ExitCode.UNREACHABLE;
            case STOPPED -> ExitCode.OK;
        };
    }

    /** True if another attempt may succeed without anybody mending anything. */
    static boolean healsByItself(LinkTrouble trouble) {
        return trouble == LinkTrouble.NETWORK || trouble == LinkTrouble.NO_ANSWER;
    }
}
