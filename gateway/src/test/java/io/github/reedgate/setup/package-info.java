/** Tests of setting up. */
@org.jspecify.annotations.NullMarked
package io.github.reedgate.setup;
