@NullMarked
package io.github.reedgate.monitor.cli;

import org.jspecify.annotations.NullMarked;
