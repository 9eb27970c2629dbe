package io.github.reedgate.app;

/** The same with folders of the store's layout 4, the last one with a table of messages that wait for the broker. */
class StoredSamplesOfLayout4Test extends StoredSamplesTest {

    @Override
    String samples() {
        return "layout4/";
    }

    /** These stores say which numbers were never sent: until the broker was asked, a line leaves without such a number. */
    @Override
    String neverSent(long seq) {
        return "alarm 0";
    }
}
