package io.github.reedgate.doctor;

/** Gathers the facts of one check and judges them. */
@FunctionalInterface
interface Look {

    /** Looks; may block, and is interrupted when its time is over. */
    Finding look() throws Exception;
}
