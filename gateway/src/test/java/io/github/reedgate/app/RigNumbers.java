package io.github.reedgate.app;

/** Keeps what the loop of a {@link LoopRig} tells of its numbers. */
final class RigNumbers implements SeqGuard {

    long next;
    long stoppedAt;

    @Override
    public void used(long nextSeq) {
        next = nextSeq;
    }

    @Override
    public void stopped(long nextSeq) {
        stoppedAt = nextSeq;
    }
}
