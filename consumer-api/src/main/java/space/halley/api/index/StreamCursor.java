package space.halley.api.index;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A subscriber's place in the public log, as the text that it gives back to go on from there. Valid on every replica
 * that reads the same log; nobody should look into it.
 *
 * @param logId the identity of the log
 * @param position behind the last event that the subscriber has
 */
public record StreamCursor(String logId, Position position) {
    private static final String VERSION = "1";
    private static final Pattern FORM = Pattern.compile("1\\|([^|]{1,100})\\|([0-9:,]*)");
    private static final int MAX_LENGTH = 4_000;

    /** The text form. */
    public String text() {
        var plain = VERSION + "|" + logId + "|" + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the text form. */
    public static StreamCursor parse(String text) throws InvalidCursorException {
        if (text.length() <= MAX_LENGTH) {
            try {
                var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                var matcher = FORM.matcher(plain);
                if (matcher.matches()) {
                    return new StreamCursor(matcher.group(1), Position.parse(matcher.group(2)));
                }
            } catch (IllegalArgumentException e) {
                // Said below: whatever is wrong with it, the subscriber does the same.
            }
        }
        throw new InvalidCursorException("it is not a cursor that this service gave; use the id of the last event you"
                + " have, 'beginning' for all events, or leave it out for those from now on");
    }
}
