@NullMarked
package io.github.reedgate.monitor.record;

import org.jspecify.annotations.NullMarked;
