/** What passes between the program and the service manager that started it: readiness, status and the watchdog. */
@NullMarked
package io.github.reedgate.service;

import org.jspecify.annotations.NullMarked;
