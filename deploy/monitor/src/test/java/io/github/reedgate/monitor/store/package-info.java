@NullMarked
package io.github.reedgate.monitor.store;

import org.jspecify.annotations.NullMarked;
