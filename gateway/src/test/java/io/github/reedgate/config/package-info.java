/** Tests of the configuration file. */
@NullMarked
package io.github.reedgate.config;

import org.jspecify.annotations.NullMarked;
