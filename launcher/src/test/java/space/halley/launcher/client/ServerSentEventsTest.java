package space.halley.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import space.halley.launcher.client.ServerSentEvents.Event;

final class ServerSentEventsTest {
    private final ServerSentEvents stream = new ServerSentEvents(null);

    @Test
    void givesAnEventAtItsEmptyLine() {
        assertThat(read("event: released", "id: 7", "data: {}")).isEmpty();
        assertThat(stream.lastId()).isNull();
        assertThat(read("")).containsExactly(new Event("7", "{}"));
    }

    @Test
    void takesTheIdOfASignOfLifeButGivesNoEvent() {
        assertThat(read(": heartbeat", "id: 8", "")).isEmpty();
        assertThat(stream.lastId()).isEqualTo("8");
    }

    @Test
    void joinsTheLinesOfTheData() {
        assertThat(read("data: a", "data:b", "data", "")).containsExactly(new Event(null, "a\nb\n"));
    }

    @Test
    void keepsTheLastIdForEventsWithoutOne() {
        assertThat(read("id: 1", "data: a", "", "data: b", ""))
                .containsExactly(new Event("1", "a"), new Event("1", "b"));
    }

    @Test
    void doesNotTakeAnIdWhoseBlockWasCutOff() {
        read("id: 1", "data: a", "", "id: 2", "data: half of an ev");

        assertThat(stream.lastId()).isEqualTo("1");
    }

    private List<Event> read(String... lines) {
        var events = new ArrayList<Event>();
        for (var line : lines) {
            stream.line(line).ifPresent(events::add);
        }
        return events;
    }
}
