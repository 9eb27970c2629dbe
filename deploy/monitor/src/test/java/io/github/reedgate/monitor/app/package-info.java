@NullMarked
package io.github.reedgate.monitor.app;

import org.jspecify.annotations.NullMarked;
