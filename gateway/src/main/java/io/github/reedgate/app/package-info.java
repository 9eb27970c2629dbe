/** The shell around the core: the loop thread, the adapters it feeds and their wiring. */
@NullMarked
package io.github.reedgate.app;

import org.jspecify.annotations.NullMarked;
