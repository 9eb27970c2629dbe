package io.github.reedgate.demo;

/**
 * One line of the verdict. Immutable.
 *
 * @param claim what is promised
 * @param found what was found
 * @param holds whether the promise was kept
 */
record Check(String claim, String found, boolean holds) {}
