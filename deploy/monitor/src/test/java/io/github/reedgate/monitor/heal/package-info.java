@NullMarked
package io.github.reedgate.monitor.heal;

import org.jspecify.annotations.NullMarked;
