@NullMarked
package io.github.reedgate.monitor.config;

import org.jspecify.annotations.NullMarked;
