/** Tests of the commands of those who look for data, against a server that answers as the API does. */
@NullMarked
package space.halley.launcher.client;

import org.jspecify.annotations.NullMarked;
