/** Tests of the gates for what others wrote. */
package io.github.reedgate.text;
